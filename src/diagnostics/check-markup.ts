/**
 * Says what is wrong with marked-up tags: a category that there is not, which nobody can ever grant, and tags that the
 * browser fetches on its own, before the gate has seen them.
 */
import {warn} from '../warn.js';
import {wrong} from './rules.js';

/** With an address of their own, these are fetched as the page is parsed. */
const FETCHED = ':is(iframe,img,embed,audio,video,source)[src]:not([data-src]),link[href]:not([data-href])';

/** Firefox looks into templates for what the page may need. */
const FETCHED_EARLY = ':is(img,script,video,audio,source,embed,iframe)[src],link[href]';

/** @param categories ids of those there are */
export function checkMarkup(root: ParentNode, categories: readonly string[]): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-consent]')) {
    const category = element.dataset['consent'];
    if (!categories.includes(`${category}`)) {
      warn('markup', wrong('data-consent', categories.join(' | ') || 'no category', category, categories));
    }
    const early = element instanceof HTMLTemplateElement && element.content.querySelector(FETCHED_EARLY);
    if (early) {
      const name = early.hasAttribute('src') ? 'src' : 'href';
      warn(
        'markup',
        `<template data-consent="${category}">: expected data-${name} on <${early.localName}>, got ${name}; some browsers fetch it as they read the page`,
      );
    }
    const mistake = mistakeIn(element);
    if (mistake) warn('markup', `<${element.localName} data-consent="${category}">: ${mistake}`);
  }
}

function mistakeIn(element: HTMLElement): string | undefined {
  if (element instanceof HTMLScriptElement) {
    // The copy that the gate runs stands right behind the author's element.
    const {previousElementSibling: before, type} = element;
    const isCopy =
      before instanceof HTMLScriptElement && before.dataset['consent'] === element.dataset['consent'];
    return type === 'text/plain' || isCopy ? undefined : `expected text/plain as its type, got "${type}"`;
  }
  if (!element.matches(FETCHED)) return undefined;
  const name = element.localName === 'link' ? 'href' : 'src';
  return `expected data-${name}, got ${name}="${element.getAttribute(name)}"`;
}
