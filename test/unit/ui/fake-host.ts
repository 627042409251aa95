/** A core for the elements to talk to: it holds a state and notes every request, and there is no gate behind it. */
import type {CategoryConfig, Vendor} from '../../../src/config/types.js';
import type {ConsentState, Grant, Grants, Lock} from '../../../src/consent/grants.js';
import type {ConsentRecord} from '../../../src/consent/record.js';
import {locale as en} from '../../../src/locales/en.js';
import type {Locale} from '../../../src/locales/locale.js';
import type {Choice, Ui, UiHost, UiSettings} from '../../../src/ui-contract.js';
import {disclosures} from '../../../src/vendors/disclosures.js';

export interface FakeOptions {
  locale?: Locale;
  settings?: Partial<UiSettings>;
  state?: Partial<ConsentState>;
  locks?: Record<string, Lock>;
  history?: readonly ConsentRecord[];
}

export interface FakeHost extends UiHost {
  /** Every request, in order: `['decide', choice, source]`. */
  readonly requests: unknown[][];
  /** Makes the next state known, as the core would. */
  set(change: Partial<ConsentState>): void;
  /** Set by a test that mounted the UI, so that `open` leads somewhere. */
  ui?: Ui;
}

const category = (id: string, more: Partial<CategoryConfig> = {}): CategoryConfig => ({id, ...more});

/** A vendor as the normalizer leaves it. */
export const vendor = (id: string, categoryId: string, more: Partial<Vendor> = {}): Vendor => ({
  id,
  category: categoryId,
  needs: [categoryId],
  url: undefined,
  definition: undefined,
  isBroken: false,
  ...more,
});

export const defaultSettings: UiSettings = {
  controller: {
    name: {ja: '学校法人 例', en: 'Example School', ru: 'Школа «Пример»'},
    contact: 'mailto:privacy@example.jp',
  },
  links: {privacyPolicy: '/privacy/', cookiePolicy: '/cookies/'},
  policy: {version: '2026-11-01', revisions: []},
  categories: [
    category('essential', {required: true}),
    category('functional'),
    category('analytics'),
    category('advertising', {sale: true}),
  ],
  vendors: [
    vendor('login', 'essential', {
      name: {ja: 'ログイン', en: 'Login service', ru: 'Вход'},
      recipient: 'Example ID K.K.',
    }),
    vendor('google-analytics', 'analytics'),
    vendor('our-heatmap', 'analytics', {
      name: 'Heatmap',
      recipient: 'Heat Ltd',
      country: 'JP',
      retention: {ja: '90日', en: '90 days', ru: '90 дней'},
    }),
    vendor('google-ads', 'advertising'),
    vendor('yahoo-japan-ads', 'advertising'),
    vendor('meta-pixel', 'advertising'),
    vendor('a8-net', 'advertising'),
  ],
  ui: {layout: 'bar', language: 'auto', theme: 'auto', prompt: 'auto'},
};

/** @returns grants for each category and vendor of the settings, the required ones granted */
export function grants(settings: UiSettings, optional: Grant): {categories: Grants; vendors: Grants} {
  const categories: Record<string, Grant> = {};
  const vendors: Record<string, Grant> = {};
  for (const {id, required} of settings.categories) categories[id] = required ? 'granted' : optional;
  for (const {id, category} of settings.vendors) vendors[id] = categories[category] ?? 'denied';
  return {categories, vendors};
}

export function createFakeHost({
  locale = en,
  settings,
  state,
  locks = {},
  history = [],
}: FakeOptions = {}): FakeHost {
  const whole: UiSettings = {...defaultSettings, ...settings};
  const listeners = new Set<(state: ConsentState) => void>();
  const requests: unknown[][] = [];
  let now = 1_790_000_000;
  let current: ConsentState = {
    decided: false,
    regime: 'opt-in',
    region: undefined,
    policyVersion: whole.policy.version,
    decidedAt: null,
    source: null,
    id: null,
    ...grants(whole, 'denied'),
    ...state,
  };
  const set = (change: Partial<ConsentState>) => {
    current = {...current, ...change};
    for (const listener of listeners) listener(current);
  };
  const decide = (choice: Choice) =>
    set({
      decided: true,
      decidedAt: now++,
      categories: {...current.categories, ...choice.categories},
      vendors: {...current.vendors, ...choice.vendors},
    });

  const host: FakeHost = {
    requests,
    settings: whole,
    locale,
    disclosures,
    get state() {
      return current;
    },
    kept: [],
    stopsLater: false,
    subscribe(listener) {
      listeners.add(listener);
      listener(current);
      return () => listeners.delete(listener);
    },
    lockOf: (id) => locks[id] ?? (whole.categories.find((c) => c.id === id)?.required ? 'required' : null),
    acceptAll(source) {
      requests.push(['acceptAll', source]);
      decide(grants(whole, 'granted'));
    },
    rejectAll(source) {
      requests.push(['rejectAll', source]);
      decide(grants(whole, 'denied'));
    },
    decide(choice, source) {
      requests.push(['decide', choice, source]);
      decide(choice);
    },
    undo() {
      requests.push(['undo']);
    },
    record: () => ({
      schema: 'consent-gate/1',
      version: '0.0.0',
      ...current,
      host: 'www.example.jp',
      language: locale.lang,
    }),
    history: () => (current.decidedAt === null ? [] : history),
    erase() {
      requests.push(['erase']);
      set({decided: false, decidedAt: null, source: null, id: null, ...grants(whole, 'denied')});
    },
    open(view, options = {}) {
      requests.push(['open', view, options]);
      host.ui?.open(view, options);
    },
    closed(view) {
      requests.push(['closed', view]);
    },
    set,
  };
  return host;
}
