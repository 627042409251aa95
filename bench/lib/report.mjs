/** Results → Markdown, and its place in docs/performance.md. */
import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {SCENARIOS} from './scenarios.mjs';
import {NOISE, summarise} from './statistics.mjs';
import {columnsOf, markdownTable, renderCurve, renderTable} from './tables.mjs';
import {judge, TARGETS} from './targets.mjs';

const PAGE = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));
const BLOCK = /<!-- bench -->[\s\S]*?<!-- \/bench -->/;

export function renderReport(results) {
  const summaries = summariesOf(results);
  const parts = [
    provenance(results),
    '### Targets',
    targetsTable(summaries),
    '### Sizes',
    sizesTable(results.sizes),
    ...SCENARIOS.flatMap((scenario) => sectionOf(scenario, results, summaries)),
    ...curvesOf(summaries),
  ];
  if (results.problems.length)
    parts.push('### Visits that failed', results.problems.map((problem) => `- ${problem}`).join('\n'));
  return parts.join('\n\n');
}

/** Replaces what stands between the markers. */
export function writePage(results) {
  const page = readFileSync(PAGE, 'utf8');
  const block = `<!-- bench -->\n${renderReport(results)}\n<!-- /bench -->`;
  if (!BLOCK.test(page)) throw new Error(`${PAGE}: no <!-- bench --> and <!-- /bench -->`);
  writeFileSync(
    PAGE,
    page.replace(BLOCK, () => block),
  );
}

/** @returns summaries by scenario and adapter */
function summariesOf({scenarios}) {
  return mapValues(scenarios, (samples) => mapValues(samples, summarise));
}

function provenance({date, browser, node, cpu, commands, sizes, scenarios}) {
  const runs = Object.values(scenarios).flatMap((samples) =>
    Object.values(samples).map(({length}) => length),
  );
  const range = [...new Set([Math.min(...runs), Math.max(...runs)])].join(' to ');
  const versions = Object.entries(sizes).flatMap(([name, {version}]) =>
    version ? `${name} ${version}` : [],
  );
  return `Measured ${date} with ${commands.map((command) => `\`${command}\``).join(', ')}: ${browser}, Node ${node}, processor ${cpu} times slower, ${range} runs of each scenario, medians with quartiles. ${versions.join(', ')}. \`≈\`: the difference says nothing (under ${NOISE.slow4g} ms on Slow 4G,
${NOISE.none} ms without network throttling). \`–\`: does not apply, or was not measured.`;
}

function targetsTable(summaries) {
  const statsOf = (scenario, adapter) => summaries[scenario]?.[adapter];
  const rows = TARGETS.map((target) => {
    const {network} = SCENARIOS.find(({id}) => id === target.scenario);
    const {value, own, reference, verdict} = judge(target, statsOf, network);
    return [
      target.what,
      goalOf(target),
      measuredOf(target, {value, own, reference}),
      noteOf(target, verdict),
    ];
  });
  return markdownTable([['what', 'target', 'measured', ''], ...rows, shiftRow(summaries)]);
}

const noteOf = ({note}, verdict) => (note && verdict !== 'not measured' ? `${verdict} (${note})` : verdict);

function goalOf({unit, limit, of}) {
  const amount = `${limit.toLocaleString('en')} ${unit}`;
  if (!of) return `≤ ${amount}`;
  const reference = of.metric ? of.metric.toUpperCase() : of.scenario ? '' : (of.adapter ?? 'floor');
  return unit === '×'
    ? `≤ ${limit.toFixed(2)} × ${reference}`
    : `≤ ${[reference, amount].filter(Boolean).join(' + ')}`;
}

function measuredOf({unit, of}, {value, own, reference}) {
  if (value === undefined) return '–';
  if (unit === '×') return `${value.toFixed(2)} × (${own.toFixed(0)} ms, ${reference.toFixed(0)} ms)`;
  const amount = unit === 'B' ? Math.round(value).toLocaleString('en') : value.toFixed(0);
  return of
    ? `${value < 0 ? '' : '+'}${amount} ${unit} (${own.toFixed(0)} ms, ${reference.toFixed(0)} ms)`
    : `${amount} ${unit}`;
}

/** Of every visit, scenario and way to embed it, the worst. */
function shiftRow(summaries) {
  const shifts = Object.values(summaries).flatMap((adapters) =>
    Object.entries(adapters)
      .filter(([name]) => name.startsWith('consent-gate'))
      .flatMap(([, stats]) => stats.cls?.max ?? []),
  );
  if (!shifts.length) return ['CLS, everywhere', '0', '–', 'not measured'];
  const worst = Math.max(...shifts);
  return ['CLS, everywhere', '0', worst.toFixed(4), worst === 0 ? 'met' : 'missed'];
}

function sizesTable(sizes) {
  const rows = Object.entries(sizes).map(([name, {requests, raw, gzip, brotli}]) =>
    [name, requests, raw, gzip, brotli].map((cell) => cell.toLocaleString('en')),
  );
  return markdownTable([
    ['to gate three tags and show the banner', 'files', 'raw', 'gzip', 'brotli'],
    ...rows,
  ]);
}

function sectionOf(scenario, {scenarios, sizes}, summaries) {
  if (!scenarios[scenario.id] || scenario.large) return [];
  const kinds = mapValues(sizes, ({kind}) => kind);
  const options = {kinds, network: scenario.network};
  const tables = columnsOf(scenario).map((columns) => renderTable(columns, summaries[scenario.id], options));
  return [`### ${scenario.title}`, ...tables];
}

/** What a page costs that has ten or a hundred times as much of something: one table for each kind, one row for each size. */
function curvesOf(summaries) {
  const measured = SCENARIOS.filter(({id, large}) => large && summaries[id]);
  const kinds = [...new Set(measured.map(({large}) => large.what))];
  if (!kinds.length) return [];
  const statsOf = (id) => summaries[id]?.['consent-gate'];
  const tables = kinds.map((kind) =>
    renderCurve(
      measured.filter(({large}) => large.what === kind),
      statsOf,
    ),
  );
  return ['### Large pages, first visit, no network throttling', ...tables];
}

function mapValues(object, map) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
