/** custom-elements.json: what editors complete and documentation tools print has to be there, and has to be true. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {packageFiles, readJson} from './installed.mjs';

/** `./elements/consent-banner` defines `<consent-banner>`. */
const tags = packageFiles.flatMap(
  (file) => file.match(/^dist\/esm\/elements\/(consent-[a-z-]+)\.js$/)?.[1] ?? [],
);

const {schemaVersion, modules} = readJson('custom-elements.json');
const elements = modules
  .flatMap(({declarations = []}) => declarations)
  .filter(({customElement}) => customElement);

describe('custom-elements.json', () => {
  it('follows version 1 or 2 of the schema', () => {
    assert.match(schemaVersion, /^[12]\.\d+\.\d+$/);
  });

  it('names published modules', () => {
    for (const {path} of modules) assert.ok(packageFiles.includes(path), `${path} is not published`);
  });

  it('describes every element that can be imported by name', () => {
    assert.notEqual(tags.length, 0);
    assert.deepEqual(elements.flatMap(({tagName}) => tagName ?? []).sort(), tags.sort());
  });

  for (const {name, ...element} of elements) {
    it(`says what ${name} is for`, () => assert.ok(element.summary ?? element.description));

    it(`explains each attribute, event, part and property of ${name}`, () => {
      for (const key of ['attributes', 'events', 'slots', 'cssParts', 'cssProperties']) {
        const silent = (element[key] ?? []).filter(({description}) => !description).map((item) => item.name);
        assert.deepEqual(silent, [], key);
      }
    });
  }
});
