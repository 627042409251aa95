/**
 * The placeholder: exactly as large as the frame will be, whatever has to go into it. What finds no room is scrolled; the
 * buttons stay in sight. Rules for what stands in the page itself are `!important`, since the page's own would win.
 */
import {css} from './css.js';

export const embedStyles = css`
:host {
  display: block;
  position: relative;
  box-sizing: border-box;
  inline-size: auto;
  max-inline-size: 100%;
  aspect-ratio: 16 / 9;
}
:host([hidden]) {display: none}
::slotted([slot='frame']), iframe {
  position: absolute !important;
  inset: 0 !important;
  box-sizing: border-box !important;
  inline-size: 100% !important;
  block-size: 100% !important;
  max-inline-size: none !important;
  max-block-size: none !important;
  margin: 0 !important;
  border: 0 !important;
}
::slotted([slot='frame']:not([src])) {display: none !important}
::slotted([slot='frame']:focus-visible), iframe:focus-visible {outline: 3px solid Highlight; outline-offset: 2px}
::slotted([slot='poster']) {
  position: absolute !important;
  inset: 0 !important;
  inline-size: 100% !important;
  block-size: 100% !important;
  max-inline-size: none !important;
  margin: 0 !important;
  object-fit: cover;
}
.place, .late {position: absolute; inset: 0; overflow: auto}
.place {container: place / size; display: grid; overflow: hidden; border-radius: var(--consent-radius, .75rem)}
.late {visibility: hidden; animation: appear 0s 1s forwards}
@keyframes appear {
  to {visibility: visible}
}
.box {
  color-scheme: inherit;
  display: flex;
  flex-direction: column;
  justify-content: center;
  position: relative;
  max-block-size: 100%;
  min-block-size: 100%;
  border: var(--line);
  border-radius: var(--radius);
  text-align: center;
}
.over .box {background: color-mix(in srgb, var(--background) 91%, transparent)}
.words {
  display: grid;
  gap: .4em;
  justify-items: center;
  align-content: start;
  flex: 0 1 auto;
  min-block-size: 3em;
  overflow: auto;
  padding: 1em max(1.25em, 50% - 20em);
}
.words p {max-inline-size: 100%; text-wrap: pretty}
#title {font-size: 1.0625em; font-weight: 600; line-height: 1.35; text-wrap: balance}
#sends {color: var(--muted); font-size: .875em}
.note {font-size: .8125em; text-align: start}
svg {inline-size: 2.5em; fill: none; stroke: var(--accent); stroke-width: 1.5; stroke-linejoin: round; stroke-linecap: round}
a {margin-inline: .5em}
.actions {flex: none; padding: 0 max(1.25em, 50% - 16em) 1.25em}
button {word-break: auto-phrase; text-wrap: balance}
button:disabled {background: none; border-color: var(--edge); color: var(--muted); cursor: not-allowed}
::slotted(:not([slot])) {margin-block: 0 !important; font-size: .8125em}
@container place (min-height: 21em) {
  .over .box {align-self: end; margin: 1em; min-block-size: 0; max-block-size: calc(100% - 2em)}
  .over svg {display: none}
}
@container place (max-height: 18em) {
  svg {display: none}
  .words {gap: .2em; padding: .5em max(.75em, 50% - 20em)}
  .actions {gap: .5em; padding: 0 max(.75em, 50% - 16em) .625em}
  #title {font-size: .9375em}
  #sends {font-size: .8125em; line-height: 1.45}
  .small {font-size: .75em; line-height: 1.45}
  button {min-block-size: 2.75rem; padding-block: .25em; font-size: .875em}
}
@media (forced-colors: active) {
  svg {stroke: CanvasText}
  button:disabled {color: GrayText; border-color: GrayText}
}
@media print {
  :host {display: block !important}
  .actions {display: none}
  a::after {content: ' <' attr(href) '>'}
}
`;
