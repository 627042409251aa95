/** Where a site is made, and not shown yet: mistakes are explained there that no visitor need hear of. */

/** @returns whether this is a development host */
export const isAtWork = (): boolean => /(^|\.)(localhost|local|test)$|^127\.|^\[/.test(location.hostname);
