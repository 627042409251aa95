/** `start()` and the object it returns, as a site written in TypeScript meets them. Checked, never run. */
import {type ConsentConfig, type ConsentGate, type ConsentState, type Grant, start} from '../../src/index.js';
import {type Equal, expectType} from './expect-type.js';

// Every field may be left out, and so may the configuration.
const gate = start();
expectType<Equal<typeof gate, ConsentGate>>();
start({});
start({vendors: ['a8-net', {id: 'google-analytics', tagId: 'G-ABCDEFG123'}]}, {nonce: 'abc'});
start({regime: 'opt-in'});
start({regime: {default: 'opt-in', 'US-CA': 'opt-out', JP: 'notice'}});
start({controller: {name: {ja: '学校法人 例', en: 'Example'}}});

// A configuration that is written as a constant stays usable.
const config = {categories: ['essential', {id: 'analytics', optIn: true}], cookie: {days: 90}} as const;
start(config satisfies ConsentConfig);

// @ts-expect-error a regime is one of three words
start({regime: 'opt-maybe'});
// @ts-expect-error a vendor has an id
start({vendors: [{tagId: 'G-ABCDEFG123'}]});
// @ts-expect-error an age is a band, not a number
start({ageBand: 16});
// @ts-expect-error unknown fields are mistakes
start({vendor: []});

// The state is a snapshot: to be read.
expectType<Equal<typeof gate.state, ConsentState>>();
expectType<Equal<ConsentState['categories'][string], Grant>>();
expectType<Equal<ConsentState['decidedAt'], number | null>>();
// @ts-expect-error nobody decides by assignment
gate.state.decided = true;
// @ts-expect-error nor by changing a grant
gate.state.categories['analytics'] = 'granted';
// @ts-expect-error nor by replacing the state
gate.state = {};

// Under noUncheckedIndexedAccess, a category that may not exist has to be looked at.
const analytics = gate.state.categories['analytics'];
expectType<Equal<typeof analytics, Grant | undefined>>();

expectType<Equal<ReturnType<typeof gate.isGranted>, boolean>>();
expectType<Equal<ReturnType<typeof gate.whenGranted>, Promise<void>>>();
const unsubscribe = gate.subscribe((state) => expectType<Equal<typeof state, ConsentState>>());
expectType<Equal<typeof unsubscribe, () => void>>();

gate.decide({categories: {analytics: 'granted'}, vendors: {'meta-pixel': 'denied'}});
gate.decide({});
// @ts-expect-error a grant is a word, so that no truthy value grants
gate.decide({categories: {analytics: true}});

gate.withdraw();
gate.withdraw('meta-pixel');
gate.open();
gate.open('preferences', {vendor: 'meta-pixel'});
// @ts-expect-error there are two views
gate.open('settings');

gate.setAgeBand('13-15');
gate.setRegion('US-CA');
gate.push((same) => expectType<Equal<typeof same, ConsentGate>>());
