/** Repro: behaviour and messages on the page. Its script hears nothing of what was called before; it is told afterwards. */
import type {VendorDefinition, VendorDisclosure, VendorFacts, VendorWindow} from '../config/types.js';
import type {Stub} from './call-queue.js';
import {actions, device, identifiers, ipAddress, memberData, messages, pageAddress} from './terms.js';

const reproOf = (window: VendorWindow) => window['reproio'] as Stub;

/** Calls of the page. The script puts a function of its own in the place of the one that has them. */
let calls: IArguments[] = [];

/** Who the visitor is has to be known before `setup` opens the session. */
const isUser = (call: ArrayLike<unknown>) => call[0] === 'setUserID';

export const definition: VendorDefinition = {
  id: 'repro',
  category: 'analytics',
  tagId: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  src: () => 'https://cdn.reproio.com/web/v2/repro-sdk.min.js',
  storage: ['rpr_uid'],
  attributes: () => ({crossorigin: 'anonymous'}),
  queue: 'reproio q',
  start(window) {
    calls = reproOf(window)['q'] as IArguments[];
  },
  loaded(window, tagId) {
    const reproio = reproOf(window);
    const held = calls.splice(0);
    const rest = held.filter((call) => !isUser(call));
    reproio('setSnippetVersion', '2.1');
    reproio('optIn');
    for (const call of held.filter(isUser)) reproio(...call);
    reproio('setup', tagId);
    for (const call of rest) reproio(...call);
  },
  stop: (window) => void reproOf(window)('optOut'),
  resume(window, tagId) {
    reproOf(window)('optIn');
    reproOf(window)('setup', tagId);
  },
};

export const disclosure: VendorDisclosure = {
  name: {en: 'Repro', ja: 'Repro（リプロ）', ru: 'Repro'},
  recipient: {en: 'Repro Inc.', ja: 'Repro株式会社', ru: 'Repro Inc.'},
  country: 'JP',
  transmits: [pageAddress, actions, identifiers, memberData, ipAddress, device],
  purpose: messages,
  privacyUrl: 'https://repro.io/privacy/',
};

export const facts: VendorFacts = {
  tagIdForm: '01234567-89ab-cdef-0123-456789abcdef',
  csp: {
    'script-src': ['https://cdn.reproio.com'],
    'connect-src': ['https://*.reproio.com'],
    'img-src': ['https://*.reproio.com'],
  },
  confidence: 'medium',
  unverified: ['csp', 'privacyUrl', 'cookies', 'storage', 'sells'],
  sources: ['vendor documentation', 'public samples of the tag'],
  checked: '2026-11-21',
};
