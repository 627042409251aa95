/** A switch beside its label, and links that leave the site. It says its state by place and shape, not by colour alone. */
import {css} from './css.js';

export const switchStyles = css`
.row {display: flex; gap: 1em; justify-content: space-between; align-items: center}
label {cursor: pointer}
[target]::after {content: ' \\2197' / ''}
input {
  appearance: none;
  flex: none;
  position: relative;
  inline-size: 3.25em;
  block-size: 2.75em;
  margin: -.5em 0;
  border-radius: .5em;
  font: inherit;
  cursor: pointer;
}
input::before, input::after {
  position: absolute;
  box-sizing: border-box;
  content: '';
  inset: .5em 0;
  border: 2px solid var(--edge);
  border-radius: 1em;
}
input::after {inset: .875em; inset-inline-end: auto; inline-size: 1em; inset-inline-start: .375em; background: var(--edge)}
input:checked::before {background: var(--accent); border-color: var(--accent)}
input:checked::after {
  inset-block: .75em;
  inset-inline-start: 1.75em;
  inline-size: 1.25em;
  border: 0;
  background: var(--on-accent);
  color: var(--accent);
}
input:indeterminate::before {border-color: var(--accent)}
input:indeterminate::after {inset-block: 1.25em; inset-inline-start: 1em; inline-size: 1.25em; border-color: var(--accent)}
input:disabled {opacity: .55; cursor: default}
@media (forced-colors: active) {
  input::before, input::after {forced-color-adjust: none; border-color: ButtonText}
  input::after {background: ButtonText}
  input:checked::before {background: Highlight}
  input:checked::after {background: HighlightText}
}
`;
