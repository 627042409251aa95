import {expect} from '@esm-bundle/chai';
import {noteForms, SENT_FORM} from '../../src/sent-form.js';

describe('noteForms', () => {
  let isNeeded = true;
  before(() => noteForms(() => isNeeded));
  afterEach(() => {
    document.body.replaceChildren();
    sessionStorage.clear();
  });

  /** Asks the form for what it would send, as `submit()` does. */
  function send(html: string): string | null {
    document.body.innerHTML = html;
    new FormData(document.querySelector('form') as HTMLFormElement);
    return sessionStorage.getItem(SENT_FORM);
  }

  it('notes when a form is sent, and where to', () => {
    const [time, action] = `${send('<form action="/order" method="post"></form>')}`.split(' ');
    expect(Math.abs(Number(time) - Date.now())).to.be.below(60_000);
    expect(action).to.equal(`${location.origin}/order`);
  });

  it('notes nothing of what is in it', () => {
    expect(send('<form action="/order"><input name="secret" value="typed"></form>')).to.not.contain('typed');
  });

  it('notes that a form is sent whose fields stand in for its members', () => {
    expect(send('<form action="/order"><input name="action"><input name="method"></form>')).to.match(/^\d+ /);
  });

  it('stores nothing where nothing can have run', () => {
    isNeeded = false;
    expect(send('<form action="/order"></form>')).to.equal(null);
  });
});
