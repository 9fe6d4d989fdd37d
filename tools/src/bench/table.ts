const NAME_WIDTH = 44;

/** The head of a table of {@link tableRow}s. */
export function tableHead(): string {
  return `${''.padEnd(NAME_WIDTH)} ${'reference'.padStart(10)} ${'tributary'.padStart(10)}   ratio`;
}

/** A line with both figures and how ours relates to theirs. */
export function tableRow(what: string, theirs: number, ours: number, unit: string): string {
  const ratio = (ours / theirs).toFixed(2);
  return `${what.padEnd(NAME_WIDTH)} ${figure(theirs)} ${figure(ours)}  ${ratio.padStart(6)}  ${unit}`;
}

/** Small figures keep a decimal. */
function figure(value: number): string {
  return (Math.abs(value) < 100 ? value.toFixed(1) : value.toFixed(0)).padStart(10);
}

/** NaN where there is none. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value that `share` of all values do not exceed; NaN where there is none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
