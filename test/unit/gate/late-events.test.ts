import {expect} from '@esm-bundle/chai';
import {normalizeConfig} from '../../../src/config/normalize-config.js';
import {watchListeners} from '../../../src/gate/late-events.js';

interface TestWindow extends Window {
  heard?: string[];
}

/** Both are over: the runner has loaded this page. */
const settings = normalizeConfig(
  {
    vendors: [
      {id: 'late', category: 'analytics', src: 'https://late.example/t.js', lateEvents: true},
      {id: 'other', category: 'analytics', src: 'https://other.example/t.js'},
    ],
  },
  [],
);

/** Runs a text as a script of that vendor would run. */
async function run(vendor: string, text: string): Promise<void> {
  const script = document.createElement('script');
  if (vendor) Object.assign(script.dataset, {consent: 'analytics', vendor});
  script.textContent = text;
  document.head.append(script);
  script.remove();
  await new Promise((resolve) => setTimeout(resolve));
}

const add = (target: string, type: string, word: string) =>
  `${target}.addEventListener('${type}', function (event) { heard.push(['${word}', event.type, this === ${target}].join()) })`;

describe('watchListeners', () => {
  const page = window as TestWindow;
  const lines: string[] = [];
  const {warn} = console;

  before(async () => {
    if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve));
    await new Promise((resolve) => setTimeout(resolve));
    watchListeners(settings);
    watchListeners(settings);
  });
  beforeEach(() => {
    page.heard = [];
    lines.length = 0;
    console.warn = (line: string) => lines.push(line);
  });
  afterEach(() => {
    console.warn = warn;
    window.onload = null;
  });

  it('calls what a script with lateEvents adds for an event that is over, once, with the event', async () => {
    await run('late', `${add('document', 'DOMContentLoaded', 'ready')};${add('window', 'load', 'load')}`);
    expect(page.heard).to.deep.equal(['ready,DOMContentLoaded,true', 'load,load,true']);
    expect(lines).to.deep.equal([]);
  });

  it('calls it once the script has come to its end', async () => {
    await run('late', `${add('window', 'load', 'load')};heard.push('end')`);
    expect(page.heard).to.deep.equal(['end', 'load,load,true']);
  });

  it('calls an object that handles events, and what is set as onload', async () => {
    await run(
      'late',
      `addEventListener('load', {handleEvent() { heard.push('object') }}); onload = () => heard.push('onload')`,
    );
    expect(page.heard).to.deep.equal(['object', 'onload']);
  });

  it('never calls a listener of the page', async () => {
    addEventListener('load', () => page.heard?.push('module'));
    await run('', add('window', 'load', 'page'));
    await run('late', add('window', 'load', 'tag'));
    expect(page.heard).to.deep.equal(['tag,load,true']);
  });

  it('calls nothing of another vendor, and says so', async () => {
    await run('other', add('document', 'DOMContentLoaded', 'other'));
    expect(page.heard).to.deep.equal([]);
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/other waits for DOMContentLoaded, which is over.*lateEvents/);
  });

  it('leaves events that are still to come alone', async () => {
    await run('late', add('window', 'consent-test', 'later'));
    expect(page.heard).to.deep.equal([]);
    dispatchEvent(new Event('consent-test'));
    expect(page.heard).to.deep.equal(['later,consent-test,true']);
  });
});
