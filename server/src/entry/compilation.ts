import { setFlagsFromString } from "node:v8";
import { table } from "../base/table";

// V8's optimizing compilers expect code to run for long, and on their threads take more processor time than they save in a command
// or while a server starts: a quarter of what `check` costs, measured on Node 20, 22 and 24.

/** WebAssembly is left as the first compiler makes it: only parts of files are parsed after the start. */
const ONCE_COMPILED = "--liftoff-only";

/**
 * The heap of a command stays small, but its growth at the start makes V8 look for garbage in all of it, on further threads. A regular
 * expression would be compiled for an interpreter and, when it is used again, for the machine: only the latter is less work. V8 crashes
 * where the latter flag is taken back, so that nothing that goes on running may have it.
 */
const SHORT_LIVED = ["--no-incremental-marking", "--no-regexp-tier-up"];

/** How often a function is called, or a loop goes round, before an optimizing compiler gets it: at first, and by default. */
const RARELY_OPTIMIZED: readonly (readonly [number: string, rare: number, usual: number])[] = [
  ["--invocation-count-for-maglev", 4000, 400],
  ["--invocation-count-for-maglev-osr", 1000, 100],
  ["--invocation-count-for-turbofan", 20_000, 3000],
  ["--invocation-count-for-osr", 5000, 500],
];

/** By V8's major version: another one may not know a flag, and would print that. */
const NUMBERS: Readonly<Record<string, typeof RARELY_OPTIMIZED>> = table({
  "11": [["--interrupt-budget", 1_000_000, 67_584]],
  "12": RARELY_OPTIMIZED,
  "13": RARELY_OPTIMIZED,
});

const numbers = NUMBERS[process.versions.v8.split(".")[0] ?? ""];

/** For what ends soon. */
export function compileForShortRun(): void {
  if (numbers !== undefined) for (const flag of SHORT_LIVED) setFlagsFromString(flag);
  compileForStart();
}

/** For what is to be there soon and goes on running: {@link compileAsUsual} is to be called then. */
export function compileForStart(): void {
  if (numbers === undefined) return;
  setFlagsFromString(ONCE_COMPILED);
  for (const [name, rare] of numbers) setFlagsFromString(`${name}=${rare}`);
}

/** Has functions optimized as often as usual again. */
export function compileAsUsual(): void {
  for (const [name, , usual] of numbers ?? []) setFlagsFromString(`${name}=${usual}`);
}
