import { setFlagsFromString } from "node:v8";
import { table } from "../base/table";
import { isServer } from "./isServer";

/**
 * What V8 is told for a command, which runs for a second or so. Its optimizing compilers expect code to run for long, and on
 * their threads take more processor time than they save here: a third of what `check` costs, measured on Node 20. WebAssembly is
 * left as the first compiler makes it; and where there is only one optimizing compiler for JavaScript, the slow one, a function
 * has to run for longer before it gets to it. By V8's major version: another one may not know the flag, and would print that.
 */
const FLAGS: Readonly<Record<string, readonly string[]>> = table({
  "11": ["--liftoff-only", "--interrupt-budget=1000000"],
  "12": ["--liftoff-only"],
  "13": ["--liftoff-only"],
});

const flags = isServer ? [] : (FLAGS[process.versions.v8.split(".")[0] ?? ""] ?? []);
for (const flag of flags) setFlagsFromString(flag);
