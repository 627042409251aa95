#!/usr/bin/env node
/**
 * `npm run bench`: measures consent-gate beside its peers, prints tables, and writes them into docs/performance.md where there
 * are enough runs. `--quick` is a check in about two minutes. What each number is: bench/README.md.
 */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {loadAdapters, measure} from './lib/measure.mjs';
import {prepare} from './lib/prepare.mjs';
import {renderReport, writePage} from './lib/report.mjs';
import {SCENARIOS} from './lib/scenarios.mjs';

/** Fewer say too little about quartiles. */
const ENOUGH_RUNS = 15;
const QUICK = ['consent-gate', 'consent-gate-first-layer', 'consent-gate-inline', 'floor', 'orejime'];

const {values: options} = parseArgs({
  options: {
    quick: {type: 'boolean'},
    runs: {type: 'string'},
    cpu: {type: 'string', default: '4'},
    adapters: {type: 'string'},
    scenarios: {type: 'string'},
    out: {type: 'string'},
    report: {type: 'boolean'},
    write: {type: 'boolean'},
  },
});
const list = (text) => text?.split(',').map((word) => word.trim());
const runs = Number(options.runs ?? (options.quick ? 2 : ENOUGH_RUNS));
const file = fileURLToPath(
  new URL(options.out ?? (options.quick ? 'quick.json' : 'results.json'), import.meta.url),
);

if (!options.report) await run();
const results = JSON.parse(readFileSync(file, 'utf8'));
console.log(renderReport(results));
if (options.write || (!options.quick && isEnough(results))) writePage(results);
else console.error(`docs/performance.md is left as it is: it takes ${ENOUGH_RUNS} runs of every scenario.`);
process.exitCode = results.problems.length ? 1 : 0;

async function run() {
  await prepare();
  const wanted = list(options.scenarios);
  const unknown = wanted?.find((id) => !SCENARIOS.some((scenario) => scenario.id === id));
  if (unknown) throw new Error(`no scenario "${unknown}", only ${SCENARIOS.map(({id}) => id).join(', ')}`);
  const scenarios = SCENARIOS.filter(({id, isQuick}) =>
    wanted ? wanted.includes(id) : isQuick || !options.quick,
  );
  const adapters = await loadAdapters(list(options.adapters) ?? (options.quick ? QUICK : undefined));
  // Scenarios measured before stay, so that a long measurement can be made in parts.
  const before = existsSync(file) && wanted ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const command = ['npm run bench', process.argv.slice(2).join(' ')].filter(Boolean).join(' -- ');
  const results = {
    ...before,
    date: new Date().toISOString().slice(0, 10),
    commands: [...new Set([...(before.commands ?? []), command])],
    node: process.version,
    cpu: Number(options.cpu),
    scenarios: {...before.scenarios},
    problems: [],
  };
  const isRepeated = (problem) =>
    / before all:/.test(problem) || scenarios.some(({id}) => problem.startsWith(`${id} `));
  const kept = (before.problems ?? []).filter((problem) => !isRepeated(problem));
  await measure({
    scenarios,
    runs,
    cpu: results.cpu,
    adapters,
    save({id}, samples, {browser, sizes, problems}) {
      results.scenarios[id] = samples;
      Object.assign(results, {
        browser,
        sizes: {...before.sizes, ...sizes},
        problems: [...kept, ...problems],
      });
      writeFileSync(file, `${JSON.stringify(results)}\n`);
    },
  });
}

function isEnough({scenarios}) {
  return SCENARIOS.every(({id}) =>
    Object.values(scenarios[id] ?? {none: []}).every((samples) => samples.length >= ENOUGH_RUNS),
  );
}
