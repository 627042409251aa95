import {expect} from '@esm-bundle/chai';
import {type AnsweringPage, openAnsweringPage} from './answering-page.js';

type Layer = unknown[] & {push: (...entries: unknown[]) => number};

const ADS = {id: 'google-ads', tagId: 'AW-123456789'};
const ANALYTICS = {id: 'google-analytics', tagId: 'G-DEMO123456'};
const MANAGER = {id: 'google-tag-manager', tagId: 'GTM-ABC1234'};

const layerOf = ({window}: AnsweringPage) => window['dataLayer'] as Layer;
const gtag = ({window}: AnsweringPage, ...command: unknown[]) =>
  (window['gtag'] as (...command: unknown[]) => void)(...command);
const conversion = (page: AnsweringPage, to: string | readonly string[], event_callback = page.awaited) =>
  gtag(page, 'event', 'conversion', {send_to: to, event_callback});

/** A Google script: reads the queue, takes it over, and calls back whoever calls. */
function takeOver(page: AnsweringPage): void {
  const layer = layerOf(page);
  const {push} = layer;
  const hear = (entry: unknown) => {
    const {eventCallback} = entry as {eventCallback?: (id: string) => void};
    const {event_callback} = Object((entry as ArrayLike<unknown>)[2]);
    (eventCallback ?? event_callback)?.('from Google');
  };
  const queued = layer.slice();
  layer.push = (...entries) => {
    const length = push.apply(layer, entries);
    entries.forEach(hear);
    return length;
  };
  queued.forEach(hear);
}

describe('answers in the place of denied vendors', () => {
  let page: AnsweringPage;
  afterEach(() => page.close());

  describe('on a queue that several vendors share', () => {
    it('are given where the vendor is denied that the call is for, though another is granted', async () => {
      page = await openAnsweringPage({
        vendors: [ADS, ANALYTICS],
        granted: ['analytics'],
        refused: ['advertising'],
      });
      conversion(page, 'AW-123456789/AbC');
      page.pass(0);
      expect(page.given).to.deep.equal([['AW-123456789']]);
    });

    it('are left to the vendor that the call is for', async () => {
      page = await openAnsweringPage({
        vendors: [ADS, ANALYTICS],
        granted: ['analytics'],
        refused: ['advertising'],
      });
      conversion(page, 'G-DEMO123456');
      conversion(page, ['AW-123456789/AbC', 'G-DEMO123456']);
      page.pass(60_000);
      expect(page.given).to.deep.equal([]);
    });

    it('are left to whoever is granted where the call names nobody, or a group', async () => {
      page = await openAnsweringPage({
        vendors: [ADS, ANALYTICS],
        granted: ['analytics'],
        refused: ['advertising'],
      });
      gtag(page, 'event', 'sign_up', {event_callback: page.awaited});
      conversion(page, 'default');
      page.pass(60_000);
      expect(page.given).to.deep.equal([]);
    });

    it('are left to Tag Manager, which hears every call', async () => {
      page = await openAnsweringPage({
        vendors: [ADS, MANAGER],
        granted: ['google-tag-manager'],
        refused: ['google-ads'],
      });
      conversion(page, 'AW-123456789/AbC');
      page.pass(60_000);
      expect(page.given).to.deep.equal([]);
    });

    it('are given for Tag Manager where only Analytics is granted, once, whoever is first', async () => {
      page = await openAnsweringPage({
        vendors: [MANAGER, ANALYTICS],
        granted: ['analytics'],
        refused: ['advertising'],
      });
      takeOver(page);
      page.run('google-analytics');
      layerOf(page).push({event: 'leave', eventCallback: page.awaited});
      expect(page.given).to.deep.equal([['from Google']]);
      page.pass(60_000);
      expect(page.given).to.have.lengthOf(1);
    });

    it('tell accounts of one vendor apart by the id', async () => {
      const other = {
        id: 'our-ads',
        category: 'advertising',
        src: 'https://www.googletagmanager.com/gtag/js?id=AW-2',
      };
      page = await openAnsweringPage({vendors: [ADS, other], granted: ['our-ads'], refused: ['google-ads']});
      conversion(page, 'AW-2/AbC');
      page.pass(60_000);
      expect(page.given).to.deep.equal([]);
    });
  });

  it('come at once where a refusal comes before the time is up', async () => {
    page = await openAnsweringPage({vendors: [ADS]});
    gtag(page, 'event', 'conversion', {event_callback: page.awaited, event_timeout: 5000});
    page.pass(100);
    page.change({refused: ['google-ads']});
    expect(page.given).to.deep.equal([]);
    page.pass(0);
    page.pass(60_000);
    expect(page.given).to.deep.equal([['AW-123456789']]);
  });

  it('are not given where the vendor was granted in time and has answered', async () => {
    page = await openAnsweringPage({vendors: [ADS]});
    conversion(page, 'AW-123456789');
    page.pass(100);
    page.change({granted: ['google-ads']});
    takeOver(page);
    page.run('google-ads');
    page.pass(60_000);
    expect(page.given).to.deep.equal([['from Google']]);
  });

  it('leave a queue as scripts know it: a list without a push of its own, with arguments in it', async () => {
    page = await openAnsweringPage({vendors: [ADS]});
    conversion(page, 'AW-123456789');
    const layer = layerOf(page);
    expect(Object.hasOwn(layer, 'push')).to.equal(false);
    expect(Array.isArray(layer)).to.equal(true);
    expect(`${layer.at(-1)}`).to.equal('[object Arguments]');
    expect(layer.push({event: 'later'})).to.equal(layer.length);
  });

  it('leave what the page has handed over as it was: the same object serves for a second call', async () => {
    page = await openAnsweringPage({vendors: [ADS], refused: ['google-ads']});
    const parameters = {event_callback: page.awaited};
    const event = {event: 'leave', eventCallback: page.awaited};
    for (let time = 0; time < 2; time++) {
      gtag(page, 'event', 'conversion', parameters);
      layerOf(page).push({...event});
    }
    page.pass(0);
    expect(parameters.event_callback).to.equal(page.awaited);
    expect(page.given).to.have.lengthOf(4);
  });

  describe('after a withdrawal', () => {
    const setup = async () => {
      page = await openAnsweringPage({vendors: [ADS], granted: ['google-ads']});
      conversion(page, 'AW-123456789');
      takeOver(page);
      page.run('google-ads');
      expect(page.given).to.deep.equal([['from Google']]);
    };

    it('do not repeat what the vendor has answered before', async () => {
      await setup();
      page.run('google-ads', false);
      page.change({refused: ['google-ads']});
      page.pass(60_000);
      expect(page.given).to.have.lengthOf(1);
    });

    it('do not repeat it either where our code comes only now', async () => {
      page = await openAnsweringPage({
        vendors: [ADS],
        refused: ['google-ads'],
        before(early) {
          conversion(early, 'AW-123456789');
          takeOver(early);
          early.run('google-ads', false);
        },
      });
      page.pass(60_000);
      expect(page.given).to.deep.equal([['from Google']]);
    });

    it('are given once for later calls, whether the stopped script still answers or not', async () => {
      await setup();
      page.run('google-ads', false);
      page.change({refused: ['google-ads']});
      conversion(page, 'AW-123456789');
      page.pass(60_000);
      expect(page.given).to.have.lengthOf(2);
      const push = layerOf(page).push;
      layerOf(page).push = Array.prototype.push;
      page.change({refused: ['google-ads']});
      conversion(page, 'AW-123456789');
      page.pass(60_000);
      expect(page.given).to.have.lengthOf(3);
      expect(push).to.not.equal(Array.prototype.push);
    });

    it('are the vendor’s own again after another grant', async () => {
      await setup();
      page.run('google-ads', false);
      page.change({refused: ['google-ads']});
      page.run('google-ads');
      page.change({granted: ['google-ads']});
      conversion(page, 'AW-123456789');
      page.pass(60_000);
      expect(page.given).to.deep.equal([['from Google'], ['from Google']]);
    });
  });

  describe('for tags that the author has marked up', () => {
    const markups = {
      'by address':
        '<script type="text/plain" data-consent="advertising" src="https://www.googletagmanager.com/gtag/js?id=AW-1"></script>',
      'by their code':
        '<script type="text/plain" data-consent="advertising">load("https://www.googletagmanager.com/gtm.js?id=GTM-1")</script>',
      'by the name of the vendor':
        '<script type="text/plain" data-consent="advertising" data-vendor="google-ads"></script>',
    };
    for (const [how, markup] of Object.entries(markups))
      it(`are given as well, and the vendor is known ${how}`, async () => {
        page = await openAnsweringPage({vendors: [], markup, refused: ['advertising']});
        page.window['dataLayer'] = [{event: 'leave', eventCallback: page.awaited}];
        page.window.document.dispatchEvent(new Event('DOMContentLoaded'));
        page.pass(0);
        expect(page.given).to.deep.equal([['']]);
      });

    it('are not given on a page without such a tag', async () => {
      page = await openAnsweringPage({
        vendors: [{id: 'meta-pixel', tagId: '123456789012345'}],
        before({window, awaited}) {
          window['dataLayer'] = [{event: 'leave', eventCallback: awaited}];
        },
      });
      page.pass(60_000);
      expect(page.given).to.deep.equal([]);
    });
  });

  it('are given on a queue that the page puts in the place of another', async () => {
    page = await openAnsweringPage({vendors: [ADS], refused: ['google-ads']});
    page.window['dataLayer'] = [];
    conversion(page, 'AW-123456789');
    page.window.document.body.click();
    page.pass(0);
    page.pass(0);
    expect(page.given).to.have.lengthOf(1);
    conversion(page, 'AW-123456789');
    page.pass(0);
    expect(page.given).to.have.lengthOf(2);
  });

  it('are given on a queue with a push of the page’s own, after it has had its time', async () => {
    page = await openAnsweringPage({
      vendors: [ADS],
      refused: ['google-ads'],
      before({window}) {
        const layer = window['dataLayer'] as Layer;
        layer.push = (...entries) => Array.prototype.push.apply(layer, entries);
      },
    });
    conversion(page, 'AW-123456789');
    page.change({refused: ['google-ads']});
    page.pass(499);
    expect(page.given).to.deep.equal([]);
    page.pass(1);
    expect(page.given).to.have.lengthOf(1);
  });

  it('throw nothing into the page: what a function throws is reported as its own', async () => {
    page = await openAnsweringPage({vendors: [ADS], refused: ['google-ads']});
    const errors: string[] = [];
    page.window.addEventListener('error', (event) => {
      event.preventDefault();
      errors.push(event.message);
    });
    conversion(page, 'AW-123456789', () => {
      throw Error('of the page');
    });
    conversion(page, 'AW-123456789');
    page.pass(0);
    expect(errors.join()).to.match(/^(Uncaught )?Error: of the page$/);
    expect(page.given).to.have.lengthOf(1);
  });

  for (const [what, entry] of Object.entries({
    nothing: null,
    'a text': 'event',
    'a frozen event': Object.freeze({event: 'x', eventCallback: () => {}}),
    'a trap': new Proxy(
      {},
      {
        get() {
          throw Error('trap');
        },
      },
    ),
  }))
    it(`take ${what} in the queue as it is`, async () => {
      page = await openAnsweringPage({vendors: [ADS]});
      expect(layerOf(page).push(entry)).to.equal(layerOf(page).length);
      conversion(page, 'AW-123456789');
      page.pass(500);
      expect(page.given).to.have.lengthOf(1);
    });

  it('have room in a queue that a long visit has filled: what was refused goes, our own words stay', async () => {
    page = await openAnsweringPage({
      vendors: [ADS],
      refused: ['google-ads'],
      before({window}) {
        const layer = window['dataLayer'] as Layer & {told?: number};
        layer.push('our word');
        layer.told = 1;
      },
    });
    for (let time = 0; time < 1500; time++) conversion(page, 'AW-123456789');
    page.pass(0);
    expect(page.given).to.have.lengthOf(1500);
    expect(layerOf(page).length).to.be.below(1000);
    expect(layerOf(page)[0]).to.equal('our word');
  });

  it('keep what the undecided have called, up to the stub’s own measure', async () => {
    page = await openAnsweringPage({vendors: [ADS]});
    for (let time = 0; time < 1500; time++) gtag(page, 'event', `${time}`);
    expect(layerOf(page)).to.have.lengthOf(1000);
    expect((layerOf(page)[0] as ArrayLike<unknown>)[1]).to.equal('0');
  });

  it('leave a frozen queue alone', async () => {
    page = await openAnsweringPage({
      vendors: [ADS],
      before({window}) {
        window['dataLayer'] = Object.freeze([{event: 'leave'}]);
      },
    });
    expect(page.delays()).to.deep.equal([]);
  });
});
