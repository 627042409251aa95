/**
 * The list of recipients: cards where there is little room, a table where there is enough of it for six columns. How much
 * there is depends on the place in the page, not on the window. The notice has nothing smaller than 16 pixels.
 */
import {css} from './css.js';

export const disclosureStyles = css`
:host {display: block; container-type: inline-size}
.box {overflow: visible; padding: 1.25em; border: var(--line); border-radius: var(--radius)}
h3, h4, h5 {margin: 0; line-height: 1.4; word-break: auto-phrase}
h3 {font-size: 1.25em}
h4 {font-size: 1.125em; margin-block: 1.5em .5em}
h5 {font-size: 1em}
p {font-size: 1em}
h3 ~ p {margin-block-start: .75em; max-inline-size: 44em}
ul {list-style: none}
li {display: inline-block; margin-inline-end: 1em}
code {direction: ltr; unicode-bidi: isolate; font: .9375em/1.5 ui-monospace, Consolas, monospace}
a {display: inline-block; padding-block: .125em}
[target]::after {content: '\\a0\\2197'; content: '\\a0\\2197' / ''}
.on, .off {display: inline-block; margin-inline-end: .75em; font-weight: 600}
.on::before, .off::before {display: inline-block; inline-size: 1.25em; color: var(--accent)}
.on::before {content: '\\2713'; content: '\\2713' / ''}
.off::before {content: '\\2013'; content: '\\2013' / ''; color: var(--muted)}
.off {font-weight: 400}

table, thead, tbody, tr, th, td, caption {display: block; text-align: start; font-weight: 400}
table {border-spacing: 0; font-size: .9375em}
table + table {margin-block-start: 1.5em}
caption {font-size: 1.2em; font-weight: 600; margin-block-end: .25em}
thead {position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; white-space: nowrap}
tr {padding-block: 1em; border-block-start: var(--line); break-inside: avoid}
tr:last-child {padding-block-end: 0}
td {margin-block-start: .625em; hyphens: auto}
.empty {display: none}
td::before {
  content: attr(data-label);
  content: attr(data-label) / '';
  display: block;
  font-size: .875em;
  color: var(--muted);
}
@container (min-width: 30rem) {
  td {display: grid; grid-template-columns: 9em 1fr; gap: 0 1em}
  td::before {font-size: 1em; grid-row: 1 / span 9}
  td > * {grid-column: 2}
  td > a, td > .on, td > .off {justify-self: start}
}
@container (min-width: 56rem) {
  table {display: table; table-layout: fixed; inline-size: 100%}
  caption {display: table-caption}
  thead {display: table-header-group; position: static; clip-path: none; white-space: normal}
  tbody {display: table-row-group}
  tr {display: table-row}
  th, td, .empty {display: table-cell; margin: 0; padding: .75em .75em .75em 0; padding-inline: 0 1em; vertical-align: top; border-block-start: var(--line)}
  thead th:nth-child(2) {inline-size: 20%}
  thead th:nth-child(3) {inline-size: 14%}
  thead th:nth-child(4) {inline-size: 13%}
  thead th:nth-child(5), thead th:nth-child(6) {inline-size: 17.5%}
  thead th {border: 0; padding-block: .25em; font-size: .875em; color: var(--muted)}
  td::before {content: none}
  td > .on, td > .off {display: block}
  td > a {display: table}
  li {display: block}
}

.vendor {border-block-start: var(--line); padding-block: 1em; break-inside: avoid}
section:last-child .vendor:last-child {padding-block-end: 0}
.vendor dl {display: grid; gap: .5em; margin-block-start: .5em}
dt {color: var(--muted)}
@container (min-width: 30rem) {
  dl > div {display: grid; grid-template-columns: 9em 1fr; gap: 1em; align-items: baseline}
}
@media print {
  :host {display: block !important; container-type: normal}
  .box {color-scheme: light; padding: 0; border: 0}
  .change {display: none}
  [target]::after {content: ' (' attr(href) ')'; font-size: .875em}
}
`;
