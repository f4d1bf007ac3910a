import { isAscii } from "node:buffer";
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire, wrap } from "node:module";
import { dirname, join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";

type Wrapped = (exports: object, require: NodeJS.Require, module: object, filename: string, dirname: string) => void;

/**
 * Runs a bundle that stands beside this one as `require` would, with what V8 compiled when it ran before: to compile it again takes
 * longer than most commands. V8 refuses what another version or other flags have made; where it is refused or there is none, it is
 * kept when the process ends. Beside the bundle, so that it goes where that goes, and nobody can put something else there who could not
 * change the bundle itself. Where that cannot be written to, all is compiled each time.
 *
 * @param isTypical - Whether this run uses what most runs use: only such a one is worth keeping.
 */
export function runBundle(name: string, isTypical: boolean): void {
  const bundle = join(__dirname, name);
  const kept = process.env["NODE_DISABLE_COMPILE_CACHE"] === "1" ? undefined : placeFor(bundle);
  const cachedData = kept === undefined ? undefined : read(kept);
  const script = new Script(wrap(textOf(readFileSync(bundle))), { filename: bundle, cachedData });
  if (kept !== undefined && isTypical && (cachedData === undefined || script.cachedDataRejected === true))
    process.on("exit", () => keep(kept, script));
  const module = { exports: {} };
  const run = script.runInThisContext() as Wrapped;
  run.call(module.exports, module.exports, createRequire(bundle), module, bundle, dirname(bundle));
}

/** What the build writes is ASCII, which is copied as it is; to decode three megabytes of UTF-8 takes ten milliseconds. */
function textOf(bundle: Buffer): string {
  return bundle.toString(isAscii(bundle) ? "latin1" : "utf8");
}

/** V8 compares no more of the source than its length: the time of the bundle tells one build from the next. */
function placeFor(bundle: string): string {
  return `${bundle}.${cachedDataVersionTag()}-${Math.trunc(statSync(bundle).mtimeMs)}.code`;
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Another process may do the same at the same time: either has made it whole before it gets its name. */
function keep(path: string, script: Script): void {
  const temporary = `${path}.${process.pid}`;
  try {
    writeFileSync(temporary, script.createCachedData(), { flag: "wx" });
    renameSync(temporary, path);
  } catch {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // Nothing depends on it.
    }
  }
}
