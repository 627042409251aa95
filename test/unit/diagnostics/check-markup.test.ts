import {expect} from '@esm-bundle/chai';
import {checkMarkup} from '../../../src/diagnostics/check-markup.js';

const CATEGORIES = ['essential', 'functional', 'analytics', 'advertising'];

/** @returns what is said of the markup, without the frame of every warning */
function warningsFor(html: string): string[] {
  const {warn} = console;
  const warnings: string[] = [];
  console.warn = (message: string) => void warnings.push(message);
  // Parsed, and never part of a page: nothing in it is fetched or run.
  checkMarkup(new DOMParser().parseFromString(html, 'text/html'), CATEGORIES);
  console.warn = warn;
  return warnings.map((message) =>
    message.replace(/^consent-gate: (.*) \(docs\/warnings\.md#markup\)$/, '$1'),
  );
}

describe('checkMarkup', () => {
  it('says nothing of tags as they should be', () => {
    const html = `
      <script type="text/plain" data-consent="analytics" src="/a.js"></script>
      <script type="text/plain" data-consent="analytics" data-type="module">import '/b.js'</script>
      <iframe data-consent="advertising" data-src="/c"></iframe> <img data-consent="advertising" data-src="/d" alt="">
      <link data-consent="functional" data-href="/e" rel="stylesheet"> <template data-consent="advertising"></template>
      <picture data-consent="analytics"><source data-srcset="/f"><img data-src="/g" alt=""></picture>
      <video data-consent="analytics" data-poster="/h"><source data-src="/i"></video>
      <object data-consent="analytics" data-data="/j"></object> <b data-consent-open="preferences"></b>`;
    expect(warningsFor(html)).to.deep.equal([]);
  });

  it('says nothing of tags that have been let in', () => {
    const html = `
      <script type="text/plain" data-consent="analytics" src="/a.js"></script><script data-consent="analytics" src="/a.js"></script>
      <iframe data-consent="advertising" data-src="/c" src="/c"></iframe>`;
    expect(warningsFor(html)).to.deep.equal([]);
  });

  it('warns of what some browsers fetch out of a template', () => {
    const html =
      '<template data-consent="advertising"><img src="/a.gif" alt=""></template>' +
      '<template data-consent="advertising"><link rel="stylesheet" href="/b.css"></template>' +
      '<template data-consent="advertising"><img data-src="/c.gif" alt=""></template>';
    expect(warningsFor(html)).to.deep.equal([
      '<template data-consent="advertising">: expected data-src on <img>, got src; some browsers fetch it as they read the page',
      '<template data-consent="advertising">: expected data-href on <link>, got href; some browsers fetch it as they read the page',
    ]);
  });

  it('names a category that there is not, once', () => {
    const frame = '<iframe data-consent="analitycs" data-src="/c"></iframe>';
    expect(warningsFor(frame + frame)).to.deep.equal([
      'data-consent: expected essential | functional | analytics | advertising, got "analitycs"; did you mean "analytics"?',
    ]);
  });

  it('names a script that has run before the gate has seen it', () => {
    expect(warningsFor('<script data-consent="analytics" src="/x.js"></script>')).to.deep.equal([
      '<script data-consent="analytics">: expected text/plain as its type, got ""',
    ]);
  });

  it('names what the browser has fetched before the gate has seen it', () => {
    const html = `
      <iframe data-consent="advertising" src="/frame"></iframe>
      <link data-consent="functional" href="/style.css" rel="stylesheet">`;
    expect(warningsFor(html)).to.deep.equal([
      '<iframe data-consent="advertising">: expected data-src, got src="/frame"',
      '<link data-consent="functional">: expected data-href, got href="/style.css"',
    ]);
  });

  it('names every attribute that the browser fetches, on the element and on those that it is made of', () => {
    const html = `
      <img data-consent="advertising" data-src="/a" srcset="/a 2x" alt="">
      <video data-consent="advertising" poster="/b"></video>
      <object data-consent="advertising" data="/c"></object>
      <picture data-consent="advertising"><source srcset="/d"><img data-src="/d" alt=""></picture>
      <link data-consent="advertising" rel="preload" as="image" imagesrcset="/e 1x">
      <iframe data-consent="advertising" srcdoc="<img src=/f>"></iframe>
      <template data-consent="advertising"><video poster="/g"></video></template>`;
    expect(warningsFor(html)).to.deep.equal([
      '<img data-consent="advertising">: expected data-srcset, got srcset="/a 2x"',
      '<video data-consent="advertising">: expected data-poster, got poster="/b"',
      '<object data-consent="advertising">: expected data-data, got data="/c"',
      '<picture data-consent="advertising">: expected data-srcset on <source>, got srcset',
      '<link data-consent="advertising">: expected data-imagesrcset, got imagesrcset="/e 1x"',
      '<iframe data-consent="advertising">: expected data-src, got srcdoc; write the frame into a <template data-consent="...">',
      '<template data-consent="advertising">: expected data-poster on <video>, got poster; some browsers fetch it as they read the page',
    ]);
  });

  it('names an element that the gate does not hold back', () => {
    const html =
      '<div data-consent="analytics"></div><svg><image data-consent="analytics" href="/a"></image></svg>';
    expect(warningsFor(html)).to.deep.equal(
      ['div', 'image'].map(
        (name) =>
          `<${name} data-consent="analytics">: expected data-consent on the tag itself, or on a <template> around it, got <${name}>, which the gate lets pass`,
      ),
    );
  });

  it('takes several categories one by one, with any white space between them', () => {
    const html = `<script type="text/plain" data-consent=" analytics\n\tadvertising "></script>
      <script type="text/plain" data-consent="analytics,advertising"></script>
      <script type="text/plain" data-consent="analytics advertizing"></script>
      <script type="text/plain" data-consent=""></script>`;
    expect(warningsFor(html)).to.deep.equal([
      'data-consent: expected essential | functional | analytics | advertising, got "analytics,advertising"',
      'data-consent: expected essential | functional | analytics | advertising, got "advertizing"; did you mean "advertising"?',
      'data-consent: expected essential | functional | analytics | advertising, got ""',
    ]);
  });
});
