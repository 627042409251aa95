/**
 * Look of the overlay. It stands in the upper corner, since the banner has the foot of the window, and behind the banner.
 * It starts from `all: initial`, because what a page says of `*` reaches the host and is inherited.
 */

export const overlayStyles = `
:host {
  all: initial;
  position: fixed !important;
  inset: .75rem .75rem auto auto !important;
  inline-size: min(27rem, calc(100vw - 1.5rem)) !important;
  z-index: 2147483646 !important;
}
* {box-sizing: border-box}
section {
  all: initial;
  color-scheme: light dark;
  --ground: light-dark(#fff, #17191e);
  --raised: light-dark(#f4f6f8, #20242b);
  --ink: light-dark(#1b1f26, #eceef2);
  --soft: light-dark(#586070, #a5adba);
  --rule: light-dark(#dfe3e8, #343a44);
  --good: light-dark(#0b6b3a, #7ddca6);
  --good-ground: light-dark(#e2f5ea, #123524);
  --bad: light-dark(#a8161f, #ffaaa9);
  --bad-ground: light-dark(#fdeaea, #48191c);
  --busy: light-dark(#1746b5, #a9c4ff);
  --busy-ground: light-dark(#e8effd, #1b2b52);
  --accent: light-dark(#1d4ed8, #9dbcff);
  display: flex;
  flex-direction: column;
  max-block-size: min(44rem, 100vh - 1.5rem);
  max-block-size: min(44rem, 100dvh - 1.5rem);
  overflow: hidden;
  border: 1px solid var(--rule);
  border-radius: 12px;
  background: var(--ground);
  color: var(--ink);
  box-shadow: 0 10px 36px rgb(0 0 0/.22);
  font: 13px/1.5 system-ui, 'Hiragino Sans', 'Noto Sans JP', sans-serif;
  overflow-wrap: anywhere;
}
section[data-asking] {max-block-size: 46vh; max-block-size: 46dvh}
header {display: grid; gap: 2px; padding: 10px 14px 12px; border-block-end: 1px solid var(--rule)}
.bar {display: flex; align-items: center; gap: 4px}
h2 {flex: 1; margin: 0; font-size: 12px; font-weight: 600; color: var(--soft)}
.verdict {margin: 0; font-size: 16px; font-weight: 650; line-height: 1.35; color: var(--good)}
.verdict[data-ok=false] {color: var(--bad)}
.facts {margin: 0; color: var(--soft)}
button {
  min-block-size: 28px;
  padding: 2px 10px;
  border: 1px solid var(--rule);
  border-radius: 7px;
  background: var(--raised);
  color: inherit;
  font: inherit;
  font-weight: 550;
  cursor: pointer;
}
button:hover {border-color: var(--soft)}
.icon {min-inline-size: 28px; padding: 2px; border-color: transparent; background: none; font-size: 17px; line-height: 1}
:focus-visible {outline: 2px solid var(--accent); outline-offset: 1px}
.body {overflow: auto; overscroll-behavior: contain; padding-block-end: 6px}
section[data-folded] .body, section[data-folded] .facts {display: none}
textarea {
  display: block;
  inline-size: calc(100% - 28px);
  block-size: 9em;
  margin: 10px 14px;
  padding: 8px;
  border: 1px solid var(--rule);
  border-radius: 7px;
  background: var(--raised);
  color: inherit;
  font: 12px/1.5 ui-monospace, Menlo, Consolas, monospace;
}
textarea[hidden] {display: none}
details {border-block-end: 1px solid var(--rule)}
details:last-child {border: 0}
details[hidden] {display: none}
summary {padding: 8px 14px; font-weight: 600; cursor: pointer}
summary:hover {background: var(--raised)}
summary:focus-visible {outline-offset: -2px}
.count {margin-inline-start: 6px; font-weight: 400; color: var(--soft)}
ul {list-style: none; margin: 0; padding: 0 14px 6px}
li {padding: 5px 0 7px}
li + li {border-block-start: 1px solid var(--rule)}
.head {display: flex; flex-wrap: wrap; gap: 2px 8px; align-items: baseline}
.name {font-weight: 600}
.soft {color: var(--soft)}
.url {font: 12px/1.45 ui-monospace, Menlo, Consolas, monospace; color: var(--soft); word-break: break-all}
.word {padding: 0 7px; border-radius: 9px; background: var(--raised); font-size: 12px; font-weight: 600; color: var(--soft)}
.word[data-tone=good] {background: var(--good-ground); color: var(--good)}
.word[data-tone=bad] {background: var(--bad-ground); color: var(--bad)}
.word[data-tone=busy] {background: var(--busy-ground); color: var(--busy)}
time {font-variant-numeric: tabular-nums; color: var(--soft)}
@media (max-width: 30rem) {
  :host {inset: .5rem .5rem auto !important; inline-size: auto !important}
  section {max-block-size: 46vh; max-block-size: 46dvh}
  button {min-block-size: 36px}
  .icon {min-inline-size: 36px}
}
@media print {
  :host {display: none !important}
}
`;
