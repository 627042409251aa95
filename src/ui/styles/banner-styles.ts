/** The first layer: a bar across the foot of the window, or a box in its corner. */
import {css} from 'lit';

export const bannerStyles = css`
  :host {
    display: none;
    /* Against rules of the page for every element, and against the browser's for popovers. Not display: who hides the
       banner may. */
    position: fixed !important;
    inset: var(--consent-inset, auto 0 0) !important;
    box-sizing: border-box !important;
    inline-size: auto !important;
    block-size: auto !important;
    max-inline-size: none !important;
    max-block-size: none !important;
    margin: 0 !important;
    padding: 0 !important;
    border: 0 !important;
    background: none !important;
    overflow: visible !important;
    z-index: 2147483647 !important;
  }
  :host([open]) {
    display: block;
  }
  .box {
    max-block-size: 50vh;
    max-block-size: 50dvh;
    overflow: auto;
    overscroll-behavior: contain;
    border-block-start: 1px solid var(--line);
    box-shadow: 0 -0.5rem 2rem rgb(0 0 0 / 0.12);
    border-start-start-radius: var(--radius);
    border-start-end-radius: var(--radius);
  }
  .content {
    display: grid;
    gap: 1rem;
    max-inline-size: var(--consent-max-width, 72rem);
    margin-inline: auto;
    padding: 1.25rem max(1.25rem, env(safe-area-inset-right)) max(1rem, env(safe-area-inset-bottom))
      max(1.25rem, env(safe-area-inset-left));
  }
  .text {
    display: grid;
    gap: 0.5rem;
    align-content: start;
  }
  .plain:last-child:nth-child(odd) {
    grid-column: 1 / -1;
  }
  @media (min-width: 48rem) {
    :host([layout='box']) {
      inset: var(--consent-inset, auto auto 0 0) !important;
      inline-size: 27rem !important;
      padding: 1.25rem !important;
    }
    :host([layout='box']) .box {
      max-block-size: 80dvh;
      border: 1px solid var(--line);
      border-radius: var(--radius);
    }
    :host(:not([layout='box'])) .box {
      border-radius: 0;
    }
    :host(:not([layout='box'])) .content {
      grid-template-columns: 1fr 24rem;
      gap: 3rem;
      align-items: center;
      padding-block: 1.5rem;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .box {
      animation: rise 0.3s cubic-bezier(0.2, 0.8, 0.2, 1);
    }
    @keyframes rise {
      from {
        transform: translateY(2rem);
        opacity: 0;
      }
    }
  }
`;
