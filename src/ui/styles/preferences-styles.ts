/** The second layer: dialog, categories, vendors. */
import {css} from './css.js';

export const preferencesStyles = css`
:host {display: contents}
:host([inline]) {display: block}
dialog {
  inline-size: 42rem;
  max-inline-size: 100%;
  max-block-size: none;
  padding: 0;
  border: 0;
  background: none;
  overflow: visible;
}
dialog::backdrop {background: rgb(10 14 22/.5)}
.box {border: var(--line); border-radius: var(--radius)}
dialog .box {
  max-block-size: 90vh;
  max-block-size: 90dvh;
  box-shadow: 0 1em 4em rgb(0 0 0/.3);
}
.header, .body, .footer {padding: 1em clamp(1.25em, 5%, 2em)}
.header, .footer {background: var(--background); z-index: 1; inset-block: 0}
.header {display: flex; align-items: center; justify-content: space-between; padding-block: .5em; border-block-end: var(--line)}
h2:focus {outline: 0}
.body {display: grid; gap: 1em}
.footer {border-block-start: var(--line)}
.footer :last-child {grid-column: 1/-1}
.cross {inline-size: 2.934em; padding: 0; margin-inline-end: -.75em; border-radius: 50%}
.cross::before {content: '\\d7'; font: 1.75em/1 sans-serif}
fieldset {border: var(--line); border-radius: var(--radius); padding: 1em}
fieldset > .row {align-items: start}
h3 {font-size: 1em}
.row b {display: block; font-size: .9375em}
details {margin-block: .5em -.5em}
summary, dl, .row p {font-size: .875em}
summary {padding-block: .75em; font-weight: 600; cursor: pointer}
ul {list-style: none}
li {padding-block: .25em 1em; border-block-start: var(--line)}
li label {font-weight: 600; font-size: .9375em}
dl {display: grid; grid-template-columns: minmax(5em, auto) 1fr; gap: .25em 1em; margin-block-end: .5em}
dt {color: var(--muted)}
@media (min-width: 40rem) {
  .footer.actions {grid-template-columns: 1fr 1fr 1fr}
  .footer :last-child {grid-column: auto}
}
@media (max-width: 40rem) {
  dialog {margin-block-end: 0}
  dialog .box {border-radius: var(--radius) var(--radius) 0 0; border-width: 1px 0 0}
}
@media (min-height: 32rem) {
  dialog .header, dialog .footer {position: sticky}
  dialog .box {scroll-padding-block: 4em 9em}
}
`;
