/**
 * Says what is wrong with marked-up tags: a category that there is not, which nobody can ever grant, and tags that the
 * browser fetches on its own, before the gate has seen them.
 */
import {categoriesOf} from '../config/categories-of.js';
import {warn} from '../warn.js';
import {fetchedEarly, GATED, notGated, OF_DRAWING, WHOLES, WITH_CONTENT} from './early-fetches.js';
import {wrong} from './rules.js';

/** @param categories ids of those there are */
export function checkMarkup(root: ParentNode, categories: readonly string[]): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-consent]')) {
    const consent = `${Element.prototype.getAttribute.call(element, 'data-consent')}`;
    // Several mean all of them.
    for (const category of categoriesOf(consent)) {
      if (!categories.includes(category)) {
        warn('markup', wrong('data-consent', categories.join(' | ') || 'no category', category, categories));
      }
    }
    const say = (mistake: string) =>
      warn('markup', `<${nameOf(element)} data-consent="${consent}">: ${mistake}`);
    if (element instanceof HTMLTemplateElement) {
      const early = earlyIn([...element.content.querySelectorAll('*')]);
      if (early) say(`${early}; some browsers fetch it as they read the page`);
    }
    const mistake = mistakeIn(element);
    if (mistake) say(mistake);
  }
}

const nameOf = (element: Element) => (element instanceof HTMLFormElement ? 'form' : element.localName);

function mistakeIn(element: HTMLElement): string | undefined {
  // Its fields may stand in for whatever is asked of it.
  if (element instanceof HTMLFormElement) return notGated('form');
  const {localName, dataset} = element;
  if (element instanceof HTMLScriptElement) {
    // The copy that the gate runs stands right behind the author's element.
    const {previousElementSibling: before, type} = element;
    const isCopy = before instanceof HTMLScriptElement && before.dataset['consent'] === dataset['consent'];
    return type === 'text/plain' || isCopy ? undefined : `expected text/plain as its type, got "${type}"`;
  }
  if (isDrawn(element) && localName === 'script') return OF_DRAWING;
  // In SVG it is none that the gate knows, whatever its name.
  const isKnown = element instanceof HTMLElement && (GATED.includes(localName) || dataset['style']);
  if (!isKnown) return notGated(localName);
  if (element.hasAttribute('srcdoc')) return WITH_CONTENT;
  const [own] = fetchedEarly(localName, (name) => element.getAttribute(name));
  if (own) return `expected data-${own}, got ${own}="${element.getAttribute(own)}"`;
  return WHOLES.includes(localName)
    ? earlyIn([...element.querySelectorAll('*')].filter((part) => part.closest('[data-consent]') === element))
    : undefined;
}

const isDrawn = ({namespaceURI}: Element) => namespaceURI === 'http://www.w3.org/2000/svg';

/** @returns what is wrong with the first of these elements that the browser fetches ahead of the gate */
function earlyIn(elements: readonly Element[]): string | undefined {
  for (const element of elements) {
    // Firefox looks into templates for the scripts that the page may need.
    const {localName} = element;
    if (isDrawn(element) && localName === 'script') return OF_DRAWING;
    const name = localName === 'script' ? 'img' : localName;
    const read = (attribute: string) =>
      element.getAttribute(attribute) ?? element.getAttribute(`xlink:${attribute}`);
    const [found] = fetchedEarly(name, read, isDrawn(element));
    if (found) return `expected data-${found} on <${element.localName}>, got ${found}`;
  }
  return undefined;
}
