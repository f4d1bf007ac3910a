import type { FilePath } from "../base/path";
import { Delayer } from "./delayer";
import type { Log } from "./log";

/** Milliseconds without an analysis after which the last ones are logged. */
const QUIET = 1000;

/**
 * Tells the log what analyses come to and how long they take: the first of a folder at once, those while somebody types together.
 * What has changed in numbers is for everybody, mere times are for who looks for them.
 */
export class AnalysisTimes {
  private readonly log: Log;
  private readonly version: string;
  private readonly times = new Map<FilePath, number[]>();
  private readonly summaries = new Map<FilePath, string>();
  private readonly told = new Map<FilePath, string>();
  private readonly later = new Delayer(() => this.tell());

  constructor(log: Log, version: string) {
    this.log = log;
    this.version = version;
  }

  /** `summary`: what the analysis came to. */
  add(root: FilePath, milliseconds: number, summary: string): void {
    const own = this.times.get(root);
    if (own === undefined) this.times.set(root, [milliseconds]);
    else own.push(milliseconds);
    this.summaries.set(root, summary);
    if (this.told.has(root)) this.later.schedule(QUIET);
    else this.tell();
  }

  /** Tells what is left to be told. */
  tell(): void {
    this.later.cancel();
    for (const [root, times] of this.times) {
      const rounded = times.toSorted((a, b) => a - b).map((time) => time.toFixed(1));
      const [first, longest] = [rounded[0], rounded.at(-1)];
      const often = times.length === 1 ? `in ${first} ms` : `${times.length} times, in ${first} to ${longest} ms`;
      const summary = this.summaries.get(root) ?? "";
      if (this.told.get(root) !== summary) this.log.info(`${this.version}: ${root}: ${summary}, ${longest} ms`);
      this.told.set(root, summary);
      this.log.debug(`analysed ${root} ${often}`);
    }
    this.times.clear();
  }
}
