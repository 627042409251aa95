/** One's own record: terms and facts, the earlier ones folded away. Printed, it is what it says, without buttons. */
import {css} from './css.js';

export const recordStyles = css`
:host {display: block; max-inline-size: 42rem}
.box {border: var(--line); border-radius: var(--radius); padding: 1em 1.25em}
.box > * + * {margin-block-start: 1em}
dl {display: grid; grid-template-columns: minmax(6em, auto) 1fr; gap: .25em 1em; font-size: .9375em}
dt {color: var(--muted)}
summary {padding-block: .5em; font-size: .9375em; font-weight: 600; cursor: pointer}
ol {margin: 0; padding: 0; list-style: none; font-size: .9375em}
li {padding-block: .5em; border-block-start: var(--line)}
li span {color: var(--muted)}
li b {margin-inline-end: .5em}
.note {margin-block-end: .75em}
@media (max-width: 30rem) {
  .box > dl {grid-template-columns: 1fr; gap: 0}
  .box > dl > dd {margin-block-end: .5em}
}
@media print {
  :host {display: block !important}
  .actions {display: none}
}
`;
