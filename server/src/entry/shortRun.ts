import { setFlagsFromString } from "node:v8";
import { table } from "../base/table";
import { isServer } from "./isServer";

const SHORT_RUN = ["--liftoff-only", "--no-incremental-marking", "--no-regexp-tier-up"];

/** How often a function is called, or a loop goes round, before an optimizing compiler gets it: ten times as often as by default. */
const RARELY_OPTIMIZED = [
  "--invocation-count-for-maglev=4000",
  "--invocation-count-for-maglev-osr=1000",
  "--invocation-count-for-turbofan=20000",
  "--invocation-count-for-osr=5000",
];

/**
 * What V8 is told for a command, which runs for a second or so. Its optimizing compilers expect code to run for long, and on
 * their threads take more processor time than they save here: a quarter of what `check` costs, measured on Node 20, 22 and 24.
 * WebAssembly is left as the first compiler makes it, and a JavaScript function has to run for longer before they get to it. The
 * heap of a command stays small, but its growth at the start makes V8 look for garbage in all of it, on further threads. A
 * regular expression would be compiled for an interpreter and, when it is used again, for the machine: only the latter is less
 * work. By V8's major version: another one may not know a flag, and would print that.
 */
const FLAGS: Readonly<Record<string, readonly string[]>> = table({
  "11": [...SHORT_RUN, "--interrupt-budget=1000000"],
  "12": [...SHORT_RUN, ...RARELY_OPTIMIZED],
  "13": [...SHORT_RUN, ...RARELY_OPTIMIZED],
});

const flags = isServer ? [] : (FLAGS[process.versions.v8.split(".")[0] ?? ""] ?? []);
for (const flag of flags) setFlagsFromString(flag);
