/**
 * Shared look: colours, type, buttons. Every surface starts from `all: initial`, because what a page says of `*` reaches
 * the host and is inherited. Sizes are in em of a font size that is at least 16 pixels: many pages set 62.5% on the root.
 */
import {css} from './css.js';

export const baseStyles = css`
.box {
  all: initial;
  --ground: #fff;
  --ink: #1b1f26;
  --soft: #555d69;
  --rule: #dfe3e8;
  --edge: #7a828e;
  --brand: #1d4ed8;
  --on-brand: #fff;
  --background: var(--consent-background, var(--ground));
  --text: var(--consent-text, var(--ink));
  --muted: var(--consent-muted, var(--soft));
  --line: 1px solid var(--consent-line, var(--rule));
  --accent: var(--consent-accent, var(--brand));
  --on-accent: var(--consent-on-accent, var(--on-brand));
  --radius: var(--consent-radius, 0.75em);
  display: block;
  overflow: auto;
  overscroll-behavior: contain;
  box-sizing: border-box;
  color-scheme: light dark;
  background: var(--background);
  color: var(--text);
  font: var(--consent-font-size, max(1rem, 16px))/1.6 var(--consent-font, system-ui, 'Hiragino Sans', 'Noto Sans JP', 'Yu Gothic UI', Meiryo, sans-serif);
  line-break: strict;
  overflow-wrap: anywhere;
}
@supports (color: light-dark(red, red)) {
  .box {
    --ground: light-dark(#fff, #1c1f24);
    --ink: light-dark(#1b1f26, #eef0f3);
    --soft: light-dark(#555d69, #abb2bd);
    --rule: light-dark(#dfe3e8, #373c45);
    --edge: light-dark(#7a828e, #8b93a0);
    --brand: light-dark(#1d4ed8, #9dbcff);
    --on-brand: light-dark(#fff, #0c1a3a);
  }
}
:host([theme='light']) .box {color-scheme: light}
:host([theme='dark']) .box {color-scheme: dark}
h2, h3, p, ul, dl, dd, fieldset {margin: 0; padding: 0; border: 0; min-inline-size: 0}
h2 {font-size: 1.125em; line-height: 1.35; word-break: auto-phrase}
p {font-size: .9375em}
.small {font-size: .8125em; color: var(--muted)}
.note {border-inline-start: 3px solid var(--accent); padding-inline-start: .75em}
.hidden {position: fixed; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; white-space: nowrap}
a {color: inherit; text-underline-offset: .2em; margin-inline-end: .75em}
a:hover {text-decoration-thickness: 2px}
button {
  min-block-size: 2.934em;
  padding: .5em .75em;
  border: 1px solid var(--accent);
  border-radius: calc(var(--radius) * .67);
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-size: .9375em;
  font-weight: 600;
  line-height: 1.3;
  cursor: pointer;
}
button:hover {background: color-mix(in srgb, var(--accent), var(--text) 18%)}
.outlined, .plain, .cross {background: none; color: inherit; border-color: var(--edge)}
.outlined:hover, .plain:hover, .cross:hover {background: color-mix(in srgb, var(--text) 8%, transparent)}
.plain, .cross {border-color: transparent}
.plain {text-decoration: underline; text-underline-offset: .25em}
:focus-visible {outline: 3px solid var(--accent); outline-offset: 2px}
.actions {display: grid; grid-template-columns: 1fr 1fr; gap: .625em}
@media print {
  :host {display: none !important}
}
`;
