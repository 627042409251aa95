/**
 * The first layer: a bar across the foot of the window, or a box in its corner. Its place is `!important` against rules
 * of the page for every element. `display` is not: who hides the banner may. Closed, it is empty but for its status region,
 * which still has something to say.
 */
import {css} from './css.js';

export const bannerStyles = css`
:host {
  all: initial;
  display: block;
  position: fixed !important;
  inset: var(--consent-inset, auto 0 0) !important;
  margin: 0 !important;
  z-index: 2147483647 !important;
}
:host(:not([open])) .box {display: none}
.box {
  max-block-size: 50vh;
  max-block-size: 50dvh;
  border-block-start: var(--line);
  border-radius: var(--radius) var(--radius) 0 0;
  box-shadow: 0 -.5em 2em rgb(0 0 0/.12);
}
.content {
  display: grid;
  gap: 1em;
  max-inline-size: var(--consent-max-width, 72rem);
  margin-inline: auto;
  padding: 1.25em 1.25em max(1em, env(safe-area-inset-bottom));
}
.text {display: grid; gap: .5em}
.plain:nth-child(odd):last-child {grid-column: 1/-1}
@media (min-width: 48rem) {
  :host([layout='box']) {inset: var(--consent-inset, auto auto 1.25em 1.25em) !important; inline-size: 26rem}
  :host([layout='box']) .box {max-block-size: 80vh; border: var(--line); border-radius: var(--radius)}
  :host([layout='bar']) .box {border-radius: 0}
  :host([layout='bar']) .content {grid-template-columns: 1fr 24em; gap: 3em; align-items: center; padding: 1.5em 2em}
}
@media (prefers-reduced-motion: no-preference) {
  :host(:not([data-first-layer])) .box {animation: rise .3s cubic-bezier(.2, .8, .2, 1)}
  @keyframes rise {
    from {transform: translateY(1.5em)}
  }
}
`;
