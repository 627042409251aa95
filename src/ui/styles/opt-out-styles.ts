/** A switch in running text: as wide as its words, on a line of its own where there is no room. Printed, it is its words. */
import {css} from './css.js';

export const optOutStyles = css`
:host {display: inline-block; inline-size: min(32rem, 100%); vertical-align: top; margin-block: .25em}
.box {border: var(--line); border-radius: var(--radius); padding: .75em 1em}
label {font-weight: 600; font-size: .9375em}
.small + .small, .row + .small {margin-block-start: .25em}
a {margin: 0}
@media print {
  :host {display: block !important}
  .box {border: 0; padding: 0; background: none}
  input {display: none}
  [target]::after {content: ' (' attr(href) ')'}
}
`;
