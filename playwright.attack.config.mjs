/**
 * The standing check: every attack that was ever tried on the gate, as a test of its own (docs/security.md has the table).
 * `npm run attack` runs all of them; browsers, server and projects are those of the end-to-end tests.
 */
import {defineConfig} from 'playwright/test';
import base from './playwright.config.mjs';

/** What is no page, and what Chromium alone has or lets a test steer: prerendering, records and cookies of other hosts. */
const FOR_CHROMIUM_ALONE = ['command', 'prerendering', 'server'].map((name) => `**/${name}.spec.ts`);

export default defineConfig({
  ...base,
  testDir: 'test/attack',
  outputDir: 'test-results/attack',
  reporter: [[process.stdout.isTTY ? 'line' : 'dot'], ['json', {outputFile: 'test-results/attack.json'}]],
  timeout: 60_000,
  expect: {timeout: 10_000},
  // Many pages for each test, most of them empty.
  use: {...base.use, screenshot: 'off'},
  projects: base.projects.map((project) => ({
    ...project,
    testIgnore: project.name === 'firefox' ? FOR_CHROMIUM_ALONE : [],
    // What is marked so cannot be shown in Firefox; each says why.
    grepInvert: project.name === 'firefox' ? /@chromium/ : undefined,
  })),
});
