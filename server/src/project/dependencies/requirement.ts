import type { FilePath } from "../../base/path";
import type { Range } from "../../base/text";

/** One distribution that a file asks for or pins. */
export interface Requirement {
  /** Normalised by PEP 503. */
  readonly name: string;
  /** What is said of the version, as written: `>=4.2,<5`, `^5.1`, `==5.0.6`, or empty. */
  readonly specifier: string;
  /** What is asked for in brackets: `binary` and `pool` of `psycopg[binary,pool]`. */
  readonly extras?: readonly string[];
  readonly file: FilePath;
  readonly range: Range;
  /** From a lock file or an installed environment: the one version that is used. */
  readonly isLocked: boolean;
}

const NOWHERE: Range = { start: 0, end: 0 };

/**
 * Where a requirement is written, for Django: no other one's place is ever shown, and to look up each of thousands would go over
 * the file as often.
 */
export function placeOf(name: string, find: () => Range): Range {
  return normalizeName(name) === "django" ? find() : NOWHERE;
}

export type Version = readonly [number, number];

/** https://peps.python.org/pep-0503/#normalized-names */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

/**
 * Reads a PEP 508 requirement: name, extras, version; the environment marker is left out. `undefined` for anything else.
 * A direct reference counts for its name, and for its version where the URL names one of Django's stable branches.
 */
export function parseRequirement(
  text: string,
): Required<Pick<Requirement, "name" | "specifier" | "extras">> | undefined {
  // Part by part, with the blanks between them cut off: one pattern for all would try every way to share them out.
  let rest = text.trimStart();
  const next = (pattern: RegExp): string => {
    const found = pattern.exec(rest)?.[0] ?? "";
    rest = rest.slice(found.length).trimStart();
    return found;
  };
  const name = next(/^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?/);
  const extras = next(/^\[[^\]]*\]/)
    .slice(1, -1)
    .split(",")
    .flatMap((each) => (each.trim() === "" ? [] : [normalizeName(each.trim())]));
  const written = next(/^(?:@\s*\S+|\(?[=<>!~^][^;#)]*\)?)/).trimEnd();
  if (name === "" || !/^(?:$|[;#])/.test(rest)) return undefined;
  const branch = written.startsWith("@") ? /stable\/(\d+\.\d+)|@v?(\d+\.\d[\w.]*)$/.exec(written) : null;
  const specifier = written.startsWith("@") ? branchSpecifier(branch) : written.replace(/^\(|\)$/g, "");
  return { name: normalizeName(name), specifier, extras };
}

function branchSpecifier(branch: RegExpExecArray | null): string {
  const version = branch?.[1] ?? branch?.[2];
  return version === undefined ? "" : `==${version}`;
}

/**
 * The lowest version that a specifier allows, as `[major, minor]`; `undefined` when it sets no lower bound. Knows PEP 440's
 * operators, Poetry's `^` and `~`, and a bare or `=` version (Poetry and conda).
 */
export function lowestVersion(specifier: string): Version | undefined {
  let lowest: Version | undefined;
  for (const alternative of specifier.split("||")) {
    const bound = lowerBound(alternative);
    if (bound === undefined) return undefined;
    if (lowest === undefined || compareVersions(bound, lowest) < 0) lowest = bound;
  }
  return lowest;
}

function lowerBound(specifier: string): Version | undefined {
  let highest: Version | undefined;
  for (const part of specifier.split(",")) {
    const match = /^(===?|=|~=|>=|>|\^|~|)\s*v?(\d+)(?:\.(\d+))?/.exec(part.trimStart());
    if (match === null) continue;
    const bound: Version = [Number(match[2]), Number(match[3] ?? 0)];
    if (highest === undefined || compareVersions(bound, highest) > 0) highest = bound;
  }
  return highest;
}

/**
 * The first release series above all that a specifier allows: `[4, 0]` of `>=3.2,<4`, `[5, 3]` of `==5.2.1`. `undefined` when it
 * sets no upper bound.
 */
export function firstExcluded(specifier: string): Version | undefined {
  let highest: Version | undefined;
  for (const alternative of specifier.split("||")) {
    const bound = upperBound(alternative);
    if (bound === undefined) return undefined;
    if (highest === undefined || compareVersions(bound, highest) > 0) highest = bound;
  }
  return highest;
}

function upperBound(specifier: string): Version | undefined {
  let lowest: Version | undefined;
  for (const part of specifier.split(",")) {
    const match = /^(={1,3}|~=|<=|<|\^|~|)\s*v?(\d+)(?:\.(\d+|\*))?(\.\d+)?/.exec(part.trimStart());
    if (match === null) continue;
    const [, operator = "", major, minor, patch] = match;
    const series: Version = [Number(major), Number(minor ?? 0)];
    const isMajor =
      minor === undefined || minor === "*" || operator === "^" || (operator === "~=" && patch === undefined);
    const next: Version = isMajor ? [series[0] + 1, 0] : [series[0], series[1] + 1];
    // `<5.2.3` allows 5.2, and `<5.2` does not.
    const bound = operator === "<" && (patch === undefined || patch === ".0") ? series : next;
    if (lowest === undefined || compareVersions(bound, lowest) < 0) lowest = bound;
  }
  return lowest;
}

/** The exact version that a specifier pins, if it does. */
export function pinnedVersion(specifier: string): string | undefined {
  return /^\s*={2,3}\s*v?(\d[\w.!+-]*)\s*$/.exec(specifier)?.[1];
}

/** Whether a requirement leaves one release series only: it is locked, pinned, or `==5.2.*`, `~=5.2.3`. */
export function isFixed({ specifier, isLocked }: Pick<Requirement, "specifier" | "isLocked">): boolean {
  return isLocked || /^\s*(?:={1,3}\s*v?\d+\.\d|~=\s*\d+\.\d+\.\d|\d+\.\d+\.\d)/.test(specifier);
}

export function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1];
}
