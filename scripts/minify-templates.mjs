/**
 * A Rollup plugin for `ui.js`: our css`` and Lit's html`` templates without the comments and the indentation that minifiers
 * of JavaScript must leave alone. CSS goes through esbuild. In HTML, white space that holds a line break becomes one
 * space, which shows the same.
 */
import {transform as esbuild} from 'esbuild';

export function minifyTemplates() {
  return {
    name: 'minify-templates',
    async transform(code, id) {
      if (!/\b(css|html)`/.test(code) || id.includes('node_modules')) return null;
      const edits = await Promise.all(
        templatesIn(this.parse(code)).flatMap(({tag, quasi}) => edit(tag, quasi)),
      );
      let result = code;
      for (const {start, end, text} of edits.sort((a, b) => b.start - a.start)) {
        result = result.slice(0, start) + text + result.slice(end);
      }
      return {code: result, map: null};
    },
  };
}

/** @returns replacements for the texts of a template */
function edit(tag, {quasis, expressions}) {
  if (tag.name === 'html') {
    return quasis.map(({start, end, value}) => ({start, end, text: value.raw.replace(/\s*\n\s*/g, ' ')}));
  }
  if (expressions.length) throw new Error('css: a style sheet has no expressions');
  // Once it is short, its mark has no more to say.
  return [{...tag, text: ''}, ...quasis.map(minifyStyles)];
}

async function minifyStyles({start, end, value}) {
  const {code, warnings} = await esbuild(value.cooked, {loader: 'css', minify: true});
  if (warnings.length) throw new Error(`css: ${warnings[0].text} in ${warnings[0].location?.lineText}`);
  return {start, end, text: code.trim().replace(/[\\`]|\$\{/g, '\\$&')};
}

/** Every css`` and html`` of a syntax tree, outer ones first. */
function templatesIn(node) {
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.values(node).flatMap(templatesIn);
  const isTemplate = node.type === 'TaggedTemplateExpression' && /^(css|html)$/.test(node.tag.name);
  return isTemplate ? [node, ...inner] : inner;
}
