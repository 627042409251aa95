/** Medians, quartiles and what a difference between two of them is worth. Pure. */

/** Milliseconds under which a difference says nothing, by network: found by measuring the same page twice. */
export const NOISE = {slow4g: 40, none: 80};

/** Linear between the two nearest values. @returns `NaN` for no values */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = Math.floor(place);
  if (!sorted.length) return Number.NaN;
  return sorted[low] + ((sorted[low + 1] ?? sorted[low]) - sorted[low]) * (place - low);
}

export const median = (values) => quantile(values, 0.5);

/** @returns `{n, median, p25, p75, max}` by the name of each number; what is no finite number is left out */
export function summarise(samples) {
  const names = new Set(samples.flatMap((sample) => Object.keys(sample)));
  const entries = [...names].flatMap((name) => {
    const values = samples.map((sample) => sample[name]).filter((value) => Number.isFinite(value));
    if (!values.length) return [];
    const [p25, p75] = [quantile(values, 0.25), quantile(values, 0.75)];
    return [[name, {n: values.length, median: median(values), p25, p75, max: Math.max(...values)}]];
  });
  return Object.fromEntries(entries);
}

/** @returns how many times `reference` it is; `undefined` where either is unknown or the reference is nothing */
export function ratio(value, reference) {
  return Number.isFinite(value) && reference > 0 ? value / reference : undefined;
}

/** Whether two medians of milliseconds are too near to each other to differ. */
export function isNoise(value, reference, network) {
  return Math.abs(value - reference) < NOISE[network];
}
