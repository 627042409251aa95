import {expect} from '@esm-bundle/chai';
import {createRenewal} from '../../src/renew-page.js';
import {SENT_FORM} from '../../src/sent-form.js';

const here = location.href.replace(/#.*/, '');

/** Whether the page would go, or has to stay. The page of the tests stays in any case. */
async function ask(): Promise<('goes' | 'stays')[]> {
  const told: ('goes' | 'stays')[] = [];
  const renewal = createRenewal(
    () => {
      told.push('goes');
      return false;
    },
    () => told.push('stays'),
  );
  renewal.request();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(renewal.isComing).to.equal(false);
  return told;
}

describe('createRenewal', () => {
  const stage = document.createElement('div');
  before(() => document.body.append(stage));
  after(() => stage.remove());
  afterEach(() => {
    stage.replaceChildren();
    sessionStorage.clear();
  });

  describe('lets the page go', () => {
    for (const html of [
      '',
      '<input value="as it was"><textarea>as it was</textarea><input type="hidden" value="x">',
      '<input type="checkbox"><input type="checkbox" checked><input type="radio" name="r" checked><input type="radio" name="r">',
      '<select><option>one<option>two</select>',
      '<select><option disabled>choose<option>one</select>',
      '<select><option>one<option selected>two</select>',
      '<select multiple><option>one<option selected>two</select>',
      '<select></select>',
      '<input type="range"><input type="color"><input type="date"><input type="file">',
      '<iframe srcdoc="<input value=x>"></iframe>',
    ]) {
      it(`where nothing was entered: ${html || 'no field'}`, async () => {
        stage.innerHTML = html;
        expect(await ask()).to.deep.equal(['goes']);
      });
    }

    it('where a form was sent before this page was on its way', async () => {
      sessionStorage.setItem(SENT_FORM, `${performance.timeOrigin - 60_000} /elsewhere`);
      expect(await ask()).to.deep.equal(['goes']);
    });
  });

  describe('has the page stay', () => {
    const rows: Record<string, [html: string, change: (control: HTMLInputElement) => void]> = {
      'a field': ['<input>', (control) => (control.value = 'x')],
      'a text area': ['<textarea></textarea>', (control) => (control.value = 'x')],
      'a box': ['<input type="checkbox">', (control) => (control.checked = true)],
      'a box that was on': ['<input type="checkbox" checked>', (control) => (control.checked = false)],
      'a list': ['<select><option>1<option>2</select>', (control) => (control.value = '2')],
      'a list with a default': [
        '<select><option>1<option selected>2</select>',
        (control) => (control.value = '1'),
      ],
    };
    for (const [what, [html, change]] of Object.entries(rows)) {
      it(`where ${what} is not as it began`, async () => {
        stage.innerHTML = html;
        change(stage.firstElementChild as HTMLInputElement);
        expect(await ask()).to.deep.equal(['stays']);
      });

      it(`where ${what} in an open shadow root is not as it began`, async () => {
        const root = stage.appendChild(document.createElement('p')).attachShadow({mode: 'open'});
        root.innerHTML = html;
        change(root.firstElementChild as HTMLInputElement);
        expect(await ask()).to.deep.equal(['stays']);
      });
    }

    it('where it comes of a form', async () => {
      sessionStorage.setItem(SENT_FORM, `${performance.timeOrigin - 5} ${here}`);
      expect(await ask()).to.deep.equal(['stays']);
    });
  });

  it('takes what was entered in an element of ours for no reason to stay', async () => {
    const ours = stage.appendChild(document.createElement('consent-preferences'));
    ours.innerHTML = '<input type="checkbox">';
    (ours.firstElementChild as HTMLInputElement).checked = true;
    stage.append(ours);
    const root = ours.attachShadow({mode: 'open'});
    root.innerHTML = '<input>';
    (root.firstElementChild as HTMLInputElement).value = 'x';
    ours.replaceChildren();
    expect(await ask()).to.deep.equal(['goes']);
  });

  it('asks again once a page in the background is looked at', async () => {
    const own = Object.getOwnPropertyDescriptor(Document.prototype, 'hidden') as PropertyDescriptor;
    Object.defineProperty(Document.prototype, 'hidden', {get: () => true, configurable: true});
    const told: string[] = [];
    const renewal = createRenewal(
      () => {
        told.push('goes');
        return false;
      },
      () => told.push('stays'),
    );
    renewal.request();
    expect([renewal.isComing, told]).to.deep.equal([true, []]);
    stage.innerHTML = '<input>';
    (stage.firstElementChild as HTMLInputElement).value = 'entered meanwhile';
    Object.defineProperty(Document.prototype, 'hidden', own);
    document.dispatchEvent(new Event('visibilitychange'));
    expect([renewal.isComing, told]).to.deep.equal([false, ['stays']]);
  });
});
