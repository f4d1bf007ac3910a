/** One line of a table. */
export interface Measurement {
  readonly name: string;
  readonly runs: number;
  /** Milliseconds, or what `unit` says. */
  readonly median: number;
  readonly p90: number;
  readonly p99: number;
  /** What it is compared with in the same run, by name. */
  readonly against?: string;
}

export function summary(name: string, times: readonly number[], against?: string): Measurement {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const measured = { name, runs: times.length, median: at(0.5), p90: at(0.9), p99: at(0.99) };
  return against === undefined ? measured : { ...measured, against };
}

/** Prints a table with the ratio to what a line is compared with. */
export function printTable(title: string, measurements: readonly Measurement[]): void {
  const medians = new Map(measurements.map(({ name, median }) => [name, median]));
  const width = Math.max(title.length, ...measurements.map(({ name }) => name.length));
  const row = (name: string, ...cells: readonly string[]): string =>
    [name.padEnd(width), ...cells.map((cell) => cell.padStart(10))].join("  ");
  console.log(row(title, "runs", "median", "p90", "p99", "ratio"));
  for (const { name, runs, median, p90, p99, against } of measurements) {
    const other = against === undefined ? undefined : medians.get(against);
    const ratio = other === undefined || other === 0 ? "" : `${(median / other).toFixed(2)}x`;
    console.log(row(name, `${runs}`, ...[median, p90, p99].map((each) => `${each.toFixed(1)} ms`), ratio));
  }
  console.log("");
}
