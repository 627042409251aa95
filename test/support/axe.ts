/** Runs axe-core on part of the page. It reaches into open shadow roots. */
import 'axe-core/axe.min.js';
import type axe from 'axe-core';

/** axe-core is a classic script; imported for its effect, it leaves itself on `window`. */
const {run} = (window as unknown as {axe: typeof axe}).axe;

/**
 * @returns one line per violation: the rule, and where; empty where there is none
 * @example expect(await violations(element)).to.deep.equal([]);
 */
export async function violations(
  node: Element | Document = document,
  options: axe.RunOptions = {},
): Promise<string[]> {
  const results = await run(node, {resultTypes: ['violations'], ...options});
  return results.violations.flatMap(({id, help, nodes}) =>
    nodes.map(
      ({target, failureSummary}) => `${id} (${help}) at ${target.flat().join(' >>> ')}: ${failureSummary}`,
    ),
  );
}
