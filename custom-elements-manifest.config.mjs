/**
 * `custom-elements.json`, which editors and documentation tools read: tags, attributes, events, slots, parts and custom
 * properties of every element, taken from its source. Written to the project root by the build, published, not kept in
 * git. Paths are rewritten to the published files, because `src` is not in the package.
 */
export default {
  globs: ['src/ui/!(rendered)-element.ts', 'src/ui/define.ts', 'src/elements/*.ts'],
  litelement: true,
  outdir: '.',
  packagejson: false,
  plugins: [publishedPaths(), publicMembers()],
};

function publishedPaths() {
  return {
    name: 'published-paths',
    packageLinkPhase({customElementsManifest}) {
      eachObject(customElementsManifest, (object) => {
        for (const key of ['path', 'module']) {
          if (typeof object[key] === 'string') object[key] = published(object[key]);
        }
      });
    },
  };
}

/** The lifecycle and the private state are nobody's interface. */
function publicMembers() {
  return {
    name: 'public-members',
    packageLinkPhase({customElementsManifest}) {
      eachObject(customElementsManifest, (object) => {
        // An element's way to its core is between the two of them.
        if (Array.isArray(object.events)) object.events = object.events.filter(({name}) => name);
        if (!Array.isArray(object.members)) return;
        object.members = object.members.filter(
          ({privacy, name, static: isStatic}) =>
            privacy !== 'private' &&
            privacy !== 'protected' &&
            !name.startsWith('#') &&
            !(isStatic && name === 'styles'),
        );
      });
    },
  };
}

function published(path) {
  return path.replace(/^\/?src\//, 'dist/esm/').replace(/\.ts$/, '.js');
}

function eachObject(value, visit) {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) visit(value);
  for (const child of Object.values(value)) eachObject(child, visit);
}
