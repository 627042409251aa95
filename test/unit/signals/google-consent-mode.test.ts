import {expect} from '@esm-bundle/chai';
import type {Settings, VendorWindow} from '../../../src/config/types.js';
import type {ConsentState, Grants} from '../../../src/consent/grants.js';
import {createGoogleConsentMode} from '../../../src/signals/google-consent-mode.js';
import {commandsOf, openFreshPage, vendorOf} from '../vendors/support.js';

const ANALYTICS = vendorOf(
  'google-analytics',
  'analytics',
  'https://www.googletagmanager.com/gtag/js?id=G-ABCDEFG123',
);
const ADS = vendorOf('google-ads', 'advertising', 'https://www.googletagmanager.com/gtag/js?id=AW-123456789');
const CONTAINER = vendorOf(
  'google-tag-manager',
  'advertising',
  'https://www.googletagmanager.com/gtm.js?id=GTM-ABC1234',
);

function setup(...vendors: ReturnType<typeof vendorOf>[]) {
  const commands: unknown[][] = [];
  const windows = new Set<VendorWindow>();
  const tellState = createGoogleConsentMode({vendors} as unknown as Settings, (window, ...command) => {
    windows.add(window);
    commands.push(command);
  });
  return {
    tell: (grants: Grants, isAnswered: boolean) => tellState(stateOf(grants, isAnswered)),
    commands,
    windows,
    /** What Google was told last. */
    last: () => commands.at(-1)?.[2] as Record<string, string>,
  };
}

/** Ids are unique among categories and vendors. */
const stateOf = (grants: Grants, isAnswered: boolean) =>
  ({categories: grants, vendors: grants, decidedAt: isAnswered ? 1 : null}) as unknown as ConsentState;

describe('createGoogleConsentMode', () => {
  it('says the default first: seven signals, all denied but for security', () => {
    expect(setup(ANALYTICS).commands).to.deep.equal([
      [
        'consent',
        'default',
        {
          ad_storage: 'denied',
          ad_user_data: 'denied',
          ad_personalization: 'denied',
          analytics_storage: 'denied',
          functionality_storage: 'denied',
          personalization_storage: 'denied',
          security_storage: 'granted',
        },
      ],
    ]);
  });

  it('says it to the page\u2019s own window', () => {
    expect([...setup(ANALYTICS).windows]).to.deep.equal([window]);
  });

  it('says no update to who was never asked and has nothing: the default has said it', () => {
    const {tell, commands} = setup(ANALYTICS, ADS);
    tell({'google-analytics': 'denied', 'google-ads': 'denied', functional: 'denied'}, false);
    expect(commands).to.have.length(1);
  });

  it('says an update on every later page, also where everything was refused', () => {
    const {tell, commands} = setup(ANALYTICS, ADS);
    tell({'google-analytics': 'denied', 'google-ads': 'denied', functional: 'denied'}, true);
    expect(commands.map(([, command]) => command)).to.deep.equal(['default', 'update']);
    expect(commands[1]?.[2]).to.deep.equal(commands[0]?.[2]);
  });

  it('says an update for what is granted', () => {
    const {tell, commands} = setup(ANALYTICS, ADS);
    tell({'google-analytics': 'granted', 'google-ads': 'denied'}, true);
    expect(commands.map(([word, command]) => `${word} ${command}`)).to.deep.equal([
      'consent default',
      'consent update',
    ]);
  });

  it('says one update for each change', () => {
    const {tell, commands} = setup(ANALYTICS, ADS);
    const granted = {'google-analytics': 'granted', 'google-ads': 'denied'} as const;
    const denied = {'google-analytics': 'denied', 'google-ads': 'denied'} as const;
    for (const next of [granted, granted, denied, denied, granted]) tell(next, true);
    expect(commands.map(([, command]) => command)).to.deep.equal(['default', 'update', 'update', 'update']);
  });

  it('says none for a change that does not concern Google', () => {
    const {tell, commands} = setup(ANALYTICS, ADS);
    tell({'google-analytics': 'granted', 'google-ads': 'denied', 'meta-pixel': 'denied'}, true);
    tell({'google-analytics': 'granted', 'google-ads': 'denied', 'meta-pixel': 'granted'}, true);
    expect(commands).to.have.length(2);
  });

  it('says all seven signals in every update', () => {
    const {tell, last} = setup(ANALYTICS);
    tell({'google-analytics': 'granted'}, true);
    expect(Object.keys(last())).to.have.length(7);
  });

  describe('maps', () => {
    type Row = [vendors: Grants, categories: Grants, analytics: string, ads: string, functional: string];
    const rows: Row[] = [
      // The word about each vendor counts, not that about its category
      [
        {'google-analytics': 'granted', 'google-ads': 'denied'},
        {analytics: 'denied', advertising: 'granted'},
        'granted',
        'denied',
        'denied',
      ],
      [
        {'google-analytics': 'denied', 'google-ads': 'granted'},
        {analytics: 'granted', advertising: 'denied'},
        'denied',
        'granted',
        'denied',
      ],
      // Without that vendor the category counts: a container may hold either
      [{}, {analytics: 'granted', advertising: 'denied'}, 'granted', 'denied', 'denied'],
      [{}, {analytics: 'denied', advertising: 'granted'}, 'denied', 'granted', 'denied'],
      [{}, {functional: 'granted'}, 'denied', 'denied', 'granted'],
      // Nothing is known: denied
      [{}, {}, 'denied', 'denied', 'denied'],
    ];
    for (const [vendors, categories, analytics, ads, functional] of rows) {
      it(`${JSON.stringify(vendors)} ${JSON.stringify(categories)}`, () => {
        const {tell, last} = setup(CONTAINER);
        tell({...vendors, ...categories}, true);
        expect(last()).to.deep.equal({
          ad_storage: ads,
          ad_user_data: ads,
          ad_personalization: ads,
          analytics_storage: analytics,
          functionality_storage: functional,
          personalization_storage: functional,
          security_storage: 'granted',
        });
      });
    }
  });

  it('says nothing on a site without Google', () => {
    const {tell, commands} = setup(vendorOf('meta-pixel', 'advertising', 'https://connect.facebook.net/'));
    tell({analytics: 'granted', advertising: 'granted'}, true);
    expect(commands).to.deep.equal([]);
  });

  it('speaks to tags in the page as well, where the site only names Google', () => {
    const {tell, last} = setup(vendorOf('google-analytics', 'analytics'));
    tell({'google-analytics': 'granted'}, true);
    expect(last()).to.include({analytics_storage: 'granted', ad_storage: 'denied'});
  });

  it('has everything in the queue in the order in which Google needs it', async () => {
    const page = await openFreshPage();
    const {window, googleTag, definition} = page;
    Object.assign(window, {dataLayer: [{event: 'early'}]});
    const tell = page.createGoogleConsentMode(
      {vendors: [ANALYTICS]} as unknown as Settings,
      (_, ...command) => googleTag.callGtag(window, ...command),
    );
    definition('google-analytics').install?.(window);
    tell(stateOf({'google-analytics': 'granted'}, true));
    definition('google-analytics').start?.(window, 'G-ABCDEFG123', '');
    const words = commandsOf(window['dataLayer']).map((entry) =>
      Array.isArray(entry)
        ? entry.filter((word) => typeof word === 'string').join(' ')
        : (entry as {event: string}).event,
    );
    page.close();
    expect(words).to.deep.equal(['consent default', 'consent update', 'js', 'config G-ABCDEFG123', 'early']);
  });
});
