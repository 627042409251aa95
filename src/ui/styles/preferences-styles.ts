/** The second layer: dialog, categories, switches. */
import {css} from 'lit';

export const preferencesStyles = css`
  :host {
    display: contents;
  }
  :host([inline]) {
    display: block;
  }
  dialog {
    box-sizing: border-box;
    inline-size: 100%;
    max-inline-size: 42rem;
    max-block-size: none;
    margin: auto;
    inset: 0;
    padding: 0;
    border: 0;
    background: none;
    overflow: visible;
  }
  dialog::backdrop {
    background: rgb(10 14 22 / 0.5);
  }
  .box {
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  dialog .box {
    max-block-size: 94vh;
    max-block-size: 94dvh;
    overflow: auto;
    overscroll-behavior: contain;
    box-shadow: 0 1rem 4rem rgb(0 0 0 / 0.3);
    scroll-padding-block: 5rem 9rem;
  }
  header,
  .body,
  footer {
    padding: 1rem 1.25rem;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    padding-block: 0.75rem;
    border-block-end: 1px solid var(--line);
  }
  h2 {
    outline: 0;
  }
  .body {
    display: grid;
    gap: 1rem;
  }
  footer {
    border-block-start: 1px solid var(--line);
    padding-block-end: max(1rem, env(safe-area-inset-bottom));
  }
  header,
  footer {
    background: var(--background);
  }
  footer :last-child {
    grid-column: 1 / -1;
  }
  .cross {
    inline-size: max(2.75rem, 44px);
    padding: 0;
    margin-inline-end: -0.5rem;
    border-radius: 50%;
  }
  .cross::before {
    content: '\\d7';
    font-size: 1.75em;
    font-weight: 400;
    line-height: 1;
  }
  fieldset {
    display: grid;
    gap: 0.375rem;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    padding: 0.75rem 1rem;
  }
  .row {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    min-block-size: max(2.75rem, 44px);
  }
  h3 {
    font-size: 1em;
  }
  label {
    flex: 1;
    cursor: pointer;
  }
  summary {
    padding-block: 0.75rem;
    font-size: 0.875em;
    font-weight: 600;
    cursor: pointer;
  }
  ul {
    list-style: none;
  }
  li {
    padding-block: 0.5rem 0.75rem;
    border-block-start: 1px solid var(--line);
    outline-offset: 0;
  }
  li label {
    font-size: 0.9375em;
    font-weight: 600;
  }
  dl {
    display: grid;
    grid-template-columns: minmax(5em, auto) 1fr;
    gap: 0.25em 1em;
    font-size: 0.8125em;
  }
  dt {
    color: var(--muted);
  }
  li p {
    font-size: 0.8125em;
    margin-block-start: 0.5em;
  }
  .external::after {
    content: ' \\2197' / '';
  }
  input {
    appearance: none;
    flex: none;
    position: relative;
    box-sizing: border-box;
    inline-size: max(3.25rem, 52px);
    block-size: max(2.75rem, 44px);
    margin: 0;
    border-radius: 0.5rem;
    cursor: pointer;
  }
  input::before,
  input::after {
    position: absolute;
    box-sizing: border-box;
    content: '';
    inset-block-start: 50%;
    border-radius: 2em;
    font-size: max(1rem, 16px);
  }
  input::before {
    inset-inline: 0;
    block-size: 1.75em;
    margin-block-start: -0.875em;
    border: 2px solid var(--edge);
  }
  input::after {
    inset-inline-start: 0.375em;
    inline-size: 1em;
    block-size: 1em;
    margin-block-start: -0.5em;
    background: var(--edge);
  }
  input:checked::before {
    background: var(--accent);
    border-color: var(--accent);
  }
  input:checked::after {
    inset-inline-start: calc(100% - 1.5em);
    inline-size: 1.25em;
    block-size: 1.25em;
    margin-block-start: -0.625em;
    background: var(--on-accent);
    color: var(--accent);
    content: '\\2713';
    font: 700 0.8125em / 1.25 sans-serif;
    text-align: center;
  }
  input:indeterminate::before {
    border-color: var(--accent);
  }
  input:indeterminate::after {
    inset-inline-start: calc(50% - 0.625em);
    inline-size: 1.25em;
    block-size: 0.25em;
    margin-block-start: -0.125em;
    background: var(--accent);
  }
  input:disabled {
    opacity: 0.55;
    cursor: default;
  }
  @media (min-width: 40rem) {
    header,
    .body,
    footer {
      padding-inline: 2rem;
    }
    footer {
      grid-template-columns: 1fr 1fr 1fr;
    }
    footer :last-child {
      grid-column: auto;
    }
    dialog .box {
      max-block-size: 86dvh;
    }
  }
  @media (min-height: 32rem) {
    dialog header,
    dialog footer {
      position: sticky;
      z-index: 1;
      inset-block: 0;
    }
  }
  @media (max-width: 39.99rem) {
    dialog {
      margin-block-end: 0;
      max-inline-size: none;
    }
    dialog .box {
      border-end-start-radius: 0;
      border-end-end-radius: 0;
      border-width: 1px 0 0;
    }
  }
  @media (forced-colors: active) {
    input::before {
      border-color: ButtonText;
    }
    input::after {
      forced-color-adjust: none;
      background: ButtonText;
    }
    input:checked::before {
      forced-color-adjust: none;
      background: Highlight;
    }
    input:checked::after {
      background: HighlightText;
      color: Highlight;
    }
    input:disabled {
      opacity: 1;
    }
  }
`;
