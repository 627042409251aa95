/** The steps of the loader's build that are our own: what the code does before each, it does afterwards. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {runInNewContext} from 'node:vm';
import {declareTogether, flatten} from '../../scripts/flatten.mjs';
import {shortNames} from '../../scripts/short-names.mjs';

/** A script of the build: one function, which says what it does to `log`. */
const script = (statements) => `(() => {${statements}})()`;

function resultOf(code) {
  const said = [];
  runInNewContext(code, {log: (...words) => said.push(words.join(' ')), outer: {say: 'outer'}});
  return said;
}

/** @returns the code after the step, which has been seen to do the same */
function after(step, statements) {
  const before = script(statements);
  const {code} = step().renderChunk(before);
  assert.deepEqual(resultOf(code), resultOf(before), code);
  return code;
}

const countFunctions = (code) => code.match(/=>|function/g).length;

describe('flatten', () => {
  const removed = {
    'a value of several statements':
      'const a = ((b) => {const c = b + 1; log(c); return c * 2})(log.length + 3); log(a)',
    'names that its caller has as well':
      'const a = 1; const b = ((c) => {const a = c + 1; return a})(a); log(a, b)',
    'fields of an object that is written there':
      'const a = (({b, c: d = 5}) => {log(b, d); return b})({b: 2}); log(a)',
    'a default': 'let a; const b = ((c = 4) => {log(c); return c})(a); log(b)',
    'a parameter that changes': 'const a = 1; const b = ((c) => {c++; log(c); return c})(a); log(a, b)',
    'a value that changes later': 'let a = 1; const b = ((c) => {a = 2; return c})(a); log(a, b)',
    'a call that is a statement': 'log(1); ((a) => {log(a); log(2)})(log.length); log(3)',
    'a result of a function':
      'const a = (b) => ((c) => {if (c) return 1; log(c); return 2})(b + 0); log(a(0), a(1))',
    'returns at the end of a function':
      'const a = () => {log(1); (() => {if (log.length) return 5; log(2)})()}; log(a())',
    'a condition of a statement': 'if (((a) => {log(a); return a})(log.length + 1)) log("yes")',
    'what runs under a condition':
      'let a = 0; a || (((b) => {log(b); a = b})(log.length + 7), log(a)); log(a)',
    'loops, each round with its own': `const a = [];
      for (const b of [1, 2]) {const c = ((d) => {let e = d; a.push(() => e++); return e})(b * 2); log(c)}
      log(a[0](), a[0](), a[1]())`,
  };
  for (const [what, statements] of Object.entries(removed)) {
    it(`removes a function: ${what}`, () => {
      const code = after(flatten, statements);
      assert.ok(countFunctions(code) < countFunctions(script(statements)), code);
    });
  }

  it('makes a function of a method that it takes out of its object', () => {
    const code = after(
      flatten,
      'const a = (({b}) => {log(b(1)); return b(2)})({b(c) {return c + 1}}); log(a)',
    );
    assert.match(code, /b=function\(/);
  });

  const kept = {
    'something happens ahead of it': 'const a = log(1) + ((b) => {log(b); return b})(2); log(a)',
    'it may not be called': 'const a = log.length > 9 && ((b) => {log(b); return b})(2); log(a)',
    'it has its own arguments': 'const a = function () {return arguments}(1, 2); log(a.length)',
    'it returns early': 'const a = ((b) => {if (b) return 1; log(b); return 2})(log.length + 0); log(a)',
    'it waits': 'const a = (async (b) => {log(b); return b})(log.length + 0); log(typeof a.then)',
  };
  for (const [why, statements] of Object.entries(kept)) {
    it(`keeps a function: ${why}`, () => {
      const code = after(flatten, statements);
      assert.equal(countFunctions(code), countFunctions(script(statements)), code);
    });
  }
});

describe('declareTogether', () => {
  it('makes values of functions that are called ahead of where they stand', () => {
    const code = after(
      declareTogether,
      'log(a(1)); function a(b) {return c(b) + 1} const d = 2; function c(e) {return e * 3}',
    );
    assert.doesNotMatch(code, /function|const/);
  });

  it('leaves a function its own arguments', () => {
    const code = after(declareTogether, 'log(a(1, 2)); function a() {return arguments.length}');
    assert.match(code, /=function\(/);
  });
});

describe('shortNames', () => {
  it('keeps apart what would stand in for each other', () => {
    const code = after(
      shortNames,
      `const one = outer.say, two = (three) => [three, one].map((four) => four + (() => {let one = 2; return one + three})());
      log(...two(1)); for (const {say: five = one} of [outer, {}]) log(five, one);
      try {throw two} catch (six) {log(six === two)}
      const seven = {one, two: 3}; let eight = 0; eight += seven.two; [eight] = [eight + 1]; log(seven.one, eight++, eight)`,
    );
    assert.doesNotMatch(code, /\b(three|four|five|six|seven|eight)\b/);
  });

  it('takes no name of the page, and no word of the language', () => {
    const names = Array.from({length: 400}, (_, index) => `name${index}`);
    const code = after(
      shortNames,
      `let ${names.map((name, index) => `${name} = ${index}`).join()}; log(${names})`,
    );
    assert.doesNotMatch(code, /name\d/);
  });
});
