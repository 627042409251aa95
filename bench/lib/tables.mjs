/** Which numbers of a scenario are shown, and how. A column with `isKey` is compared with the floor and the best peer. */
import {accept, comeBack, meetLargePage, reject, stayOnBusyPage, withdraw} from './journeys.mjs';
import {isNoise, ratio} from './statistics.mjs';

const ms = (metric, title, rest) => ({metric, title: `${title}, ms`, digits: 0, hasQuartiles: true, ...rest});
const count = (metric, title) => ({metric, title, digits: 0});
const KEY = {isKey: true};
const LCP = ms('lcp', 'LCP');
const CLS = {metric: 'cls', title: 'CLS', digits: 4};
const INTERACTION = ms('inp', 'interaction');
const LAST_RUN = ms('lastRun', 'all have run');

const ARRIVAL = [
  count('assetRequests', 'requests'),
  count('shownBytes', 'asset bytes until the banner'),
  count('assetBytes', 'asset bytes'),
  count('documentBytes', 'HTML bytes'),
  ms('shown', 'banner visible', KEY),
  ms('fcp', 'FCP'),
  LCP,
  ms('scriptMs', 'script'),
  ms('layoutMs', 'style and layout'),
  ms('tbt', 'TBT'),
];
const CLICK = [
  ms('clickToFirst', 'click to first request'),
  ms('clickToLast', 'click to last request', KEY),
  ms('clickToRun', 'click to all have run', KEY),
  INTERACTION,
  ms('longest', 'longest task'),
  ms('clickScriptMs', 'script'),
  LCP,
  CLS,
];
const HINDERED = [
  ms('othersLastRequest', 'last request of the others', KEY),
  LAST_RUN,
  {metric: 'isBlocked', title: 'the others never came', digits: 0},
  LCP,
  CLS,
];
const BY_JOURNEY = new Map([
  [accept, [CLICK]],
  [
    reject,
    [[ms('clickToGone', 'click to banner gone', KEY), INTERACTION, ms('clickScriptMs', 'script'), LCP, CLS]],
  ],
  [
    comeBack,
    [
      [
        count('assetRequests', 'requests'),
        count('assetBytes', 'asset bytes'),
        ms('firstRequest', 'first tag asked for', KEY),
        ms('spread', 'first to last of three'),
        LAST_RUN,
        ms('scriptMs', 'script'),
        LCP,
        CLS,
      ],
    ],
  ],
  [
    withdraw,
    [
      [
        ms('clickToStored', 'click to stored'),
        count('clickBytes', 'bytes fetched for it'),
        INTERACTION,
        LCP,
        CLS,
      ],
    ],
  ],
  [
    meetLargePage,
    [
      [
        ms('shown', 'banner visible'),
        ms('scriptMs', 'script until it rests'),
        {metric: 'changeMs', title: 'script for each change, ms', digits: 2},
        ms('clickToGone', 'click to banner gone'),
        INTERACTION,
        ms('longest', 'longest task'),
        CLS,
      ],
    ],
  ],
  [
    stayOnBusyPage,
    [[ms('busyScriptMs', 'script in 5 s', KEY), ms('busyTaskMs', 'main thread in 5 s'), LCP, CLS]],
  ],
]);

/** @returns one list of columns for each table of the scenario */
export function columnsOf({id, journey, firstQuery}) {
  if (firstQuery) return [HINDERED];
  if (id.startsWith('first')) return [ARRIVAL, CLICK];
  return BY_JOURNEY.get(journey);
}

/**
 * @param summaries by adapter
 * @param kinds `floor`, `own` or `peer` by adapter
 */
export function renderTable(columns, summaries, {kinds, network}) {
  const names = Object.keys(summaries).sort(byKind(kinds));
  const peers = names.filter((name) => kinds[name] === 'peer');
  const heads = columns.flatMap(({title, isKey}) => (isKey ? [title, '÷ floor', '÷ best peer'] : [title]));
  const rows = names.map((name) => {
    const cells = columns.flatMap((column) => {
      const {metric, isKey} = column;
      const stats = summaries[name][metric];
      if (!isKey) return [cellOf(stats, column)];
      const medianOf = (other) => summaries[other]?.[metric]?.median;
      const best = Math.min(...peers.map(medianOf).filter(Number.isFinite));
      const compare = (reference) => comparisonOf(stats?.median, reference, network);
      return [cellOf(stats, column), compare(medianOf('floor')), compare(best)];
    });
    return [name, ...cells];
  });
  return markdownTable([['', ...heads], ...rows]);
}

/**
 * @param scenarios those of one kind, by size
 * @param statsOf `(id) => summary`
 */
export function renderCurve(scenarios, statsOf) {
  const [columns] = columnsOf(scenarios[0]);
  const rows = scenarios.map(({id, large}) => [
    large.amount.toLocaleString('en'),
    ...columns.map((column) => cellOf(statsOf(id)?.[column.metric], column)),
  ]);
  return markdownTable([[scenarios[0].large.what, ...columns.map(({title}) => title)], ...rows]);
}

export function markdownTable([head, ...rows]) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index ? '---:' : '---'))), ...rows.map(line)].join('\n');
}

function cellOf(stats, {digits, hasQuartiles}) {
  if (!stats) return '–';
  const format = (value) => value.toFixed(digits).replace(/\B(?=(\d{3})+$)/g, digits ? '' : ',');
  const quartiles = hasQuartiles ? ` [${format(stats.p25)}–${format(stats.p75)}]` : '';
  return format(stats.median) + quartiles;
}

/** `≈` where the difference says nothing. */
function comparisonOf(value, reference, network) {
  const times = ratio(value, reference);
  if (times === undefined || !Number.isFinite(times)) return '–';
  return `${isNoise(value, reference, network) ? '≈ ' : ''}${times.toFixed(2)}`;
}

const ORDER = ['floor', 'own', 'peer'];
const byKind = (kinds) => (a, b) => ORDER.indexOf(kinds[a]) - ORDER.indexOf(kinds[b]) || (a < b ? -1 : 1);
