/** The events on `document`: importing the package gives every listener its fields. Checked, never run. */
import type {ConsentState, Source} from '../../src/index.js';
import {type Equal, expectType} from './expect-type.js';

document.addEventListener('consent-ready', ({state}) => {
  expectType<Equal<typeof state, ConsentState>>();
});

document.addEventListener('consent-change', (event) => {
  expectType<Equal<typeof event.type, 'consent-change'>>();
  expectType<Equal<typeof event.state, ConsentState>>();
  expectType<Equal<typeof event.previous, ConsentState>>();
  expectType<Equal<typeof event.granted, readonly string[]>>();
  expectType<Equal<typeof event.revoked, readonly string[]>>();
  expectType<Equal<typeof event.source, Source | null>>();
  // @ts-expect-error an event says what happened, and is not to be changed
  event.source = 'api';
  event.preventDefault();
});

for (const type of ['consent-open', 'consent-close'] as const) {
  document.addEventListener(type, ({view}) => {
    expectType<Equal<typeof view, 'banner' | 'preferences'>>();
  });
}

for (const type of ['consent-vendor-load', 'consent-vendor-error'] as const) {
  document.addEventListener(type, ({vendor, category, url}) => {
    expectType<Equal<typeof vendor, string | undefined>>();
    expectType<Equal<typeof category, string>>();
    expectType<Equal<typeof url, string>>();
  });
}

// @ts-expect-error only the fields of its own type
document.addEventListener('consent-open', ({granted}) => granted);
