/** Modals of real component libraries, bundled as an application would, once for all tests. */
import {buildSync} from 'esbuild';

/** Each opens a modal at once, says on `window.closed` when it closes, and keeps a count of presses on its button. */
const SOURCES = {
  'focus-trap': `
    import {createFocusTrap} from 'focus-trap';
    const modal = document.querySelector('#modal');
    modal.hidden = false;
    createFocusTrap(modal, {onDeactivate: () => { window.closed = true; modal.hidden = true; }}).activate();`,
  'focus-trap that isolates': `
    import {createFocusTrap} from 'focus-trap';
    const modal = document.querySelector('#modal');
    modal.hidden = false;
    createFocusTrap(modal, {
      isolateSubtrees: 'inert', clickOutsideDeactivates: true,
      onDeactivate: () => { window.closed = true; modal.hidden = true; },
    }).activate();`,
  Radix: `
    import * as Dialog from '@radix-ui/react-dialog';
    import {createElement as h, useState} from 'react';
    import {createRoot} from 'react-dom/client';
    const App = () => {
      const [open, setOpen] = useState(true);
      const change = (value) => { if (!value) window.closed = true; setOpen(value); };
      return h(Dialog.Root, {open, onOpenChange: change}, h(Dialog.Portal, null, h(Dialog.Overlay, {style: {position: 'fixed', inset: 0, background: '#0006'}}),
        h(Dialog.Content, {'aria-describedby': undefined, style: {position: 'fixed', top: 40, left: 40, background: '#fff'}},
          h(Dialog.Title, null, 'Of the page'), h('input', {id: 'first'}), h('button', {id: 'last', onClick: () => change(false)}, 'Close'))));
    };
    createRoot(document.querySelector('#app')).render(h(App));`,
  'Headless UI': `
    import {Dialog, DialogPanel, DialogTitle} from '@headlessui/react';
    import {createElement as h, useState} from 'react';
    import {createRoot} from 'react-dom/client';
    const App = () => {
      const [open, setOpen] = useState(true);
      const close = () => { window.closed = true; setOpen(false); };
      return h(Dialog, {open, onClose: close}, h('div', {style: {position: 'fixed', top: 40, left: 40, background: '#fff'}},
        h(DialogPanel, null, h(DialogTitle, null, 'Of the page'), h('input', {id: 'first'}), h('button', {id: 'last', onClick: close}, 'Close'))));
    };
    createRoot(document.querySelector('#app')).render(h(App));`,
};

export type Modal = keyof typeof SOURCES;

export const MODALS = Object.keys(SOURCES) as Modal[];

const bundles = new Map<Modal, string>();

/** @returns a script; the page has \`#app\` and, hidden, \`#modal\` with \`#first\` and \`#last\` */
export function modalOf(name: Modal): string {
  let text = bundles.get(name);
  if (!text) {
    const {outputFiles} = buildSync({
      stdin: {contents: SOURCES[name], resolveDir: process.cwd()},
      bundle: true,
      minify: true,
      write: false,
      define: {'process.env.NODE_ENV': '"production"'},
    });
    text = outputFiles[0]?.text ?? '';
    bundles.set(name, text);
  }
  return text;
}
