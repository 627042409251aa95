import {expect} from '@esm-bundle/chai';
import {ConsentDisclosureElement} from '../../../src/ui/disclosure-element.js';
import {ConsentOptOutElement} from '../../../src/ui/opt-out-element.js';

let count = 0;

/** An element in the page, whose code comes with `define()`. */
function setup<E extends HTMLElement>(code: new () => E, attributes: Record<string, string> = {}) {
  const name = `test-early-${count++}`;
  const element = document.createElement(name) as E;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  document.body.append(element);
  const Code = code as unknown as new () => HTMLElement;
  return {element, define: () => customElements.define(name, class extends Code {})};
}

describe('upgradeProperties', () => {
  afterEach(() => {
    for (const element of document.body.children) if (/^test-early/.test(element.localName)) element.remove();
  });

  for (const [code, names] of [
    [ConsentDisclosureElement, ['profile', 'vendors', 'category']],
    [ConsentOptOutElement, ['vendor', 'category']],
  ] as const) {
    for (const name of names) {
      it(`hears what was set as ${name} of ${code.name} before there was any code, over the attribute`, () => {
        const {element, define} = setup<HTMLElement>(code, {[name]: 'by attribute'});
        Object.assign(element, {[name]: 'early'});
        define();
        expect(Object.hasOwn(element, name)).to.equal(false);
        expect(Reflect.get(element, name)).to.equal('early');
        element.setAttribute(name, 'later');
        expect(Reflect.get(element, name)).to.equal('later');
      });

      it(`follows the attribute ${name} of ${code.name}, and leaves it alone`, () => {
        const {element, define} = setup<HTMLElement>(code, {});
        define();
        expect(Reflect.get(element, name)).to.equal(null);
        element.setAttribute(name, 'by attribute');
        expect(Reflect.get(element, name)).to.equal('by attribute');
        Object.assign(element, {[name]: 'by property'});
        expect(element.getAttribute(name)).to.equal('by attribute');
        element.removeAttribute(name);
        expect(Reflect.get(element, name)).to.equal(null);
      });
    }
  }
});
