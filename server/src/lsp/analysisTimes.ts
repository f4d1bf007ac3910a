import type { FilePath } from "../base/path";
import { Delayer } from "./delayer";
import type { Log } from "./log";

/** Milliseconds without an analysis after which the last ones are logged. */
const QUIET = 1000;

/** Tells the log how long analyses take: the first of a folder at once, those while somebody types together. */
export class AnalysisTimes {
  private readonly log: Log;
  private readonly times = new Map<FilePath, number[]>();
  private readonly later = new Delayer(() => this.tell());

  constructor(log: Log) {
    this.log = log;
  }

  add(root: FilePath, milliseconds: number, isFirst: boolean): void {
    const own = this.times.get(root);
    if (own === undefined) this.times.set(root, [milliseconds]);
    else own.push(milliseconds);
    if (isFirst) this.tell();
    else this.later.schedule(QUIET);
  }

  /** Tells what is left to be told. */
  tell(): void {
    this.later.cancel();
    for (const [root, times] of this.times) {
      const rounded = times.toSorted((a, b) => a - b).map((time) => time.toFixed(1));
      const [first, longest] = [rounded[0], rounded.at(-1)];
      const often = times.length === 1 ? `in ${first} ms` : `${times.length} times, in ${first} to ${longest} ms`;
      this.log.debug(`analysed ${root} ${often}`);
    }
    this.times.clear();
  }
}
