/**
 * How often each kind of statement stands in 517 settings modules of 126 public projects, at module level. What was not counted
 * apart, or never seen (`match`), has a few sites, so that it is generated now and then.
 */
export const STATEMENT_SITES = {
  assign: 15_921,
  branch: 1056,
  /** `X["a"] = ...`, also nested, and `.append()`, `.insert()`, `.update()` and the like. */
  change: 841,
  augment: 233,
  define: 132,
  environment: 85,
  assertion: 83,
  classBody: 77,
  loop: 70,
  attempt: 57,
  unpack: 25,
  lambda: 23,
  managed: 21,
  viaGlobals: 15,
  remove: 14,
  alias: 242,
  rethrown: 5,
  matching: 5,
  deferred: 5,
  live: 5,
} as const;

/** Right-hand sides of assignments, in hundredths: literals, reads of the environment (of os and of libraries), and all others. */
export const VALUES = { literal: 51, environment: 25, other: 24 } as const;

/** Conditions of `if`, in sites: a flag that is a name, the environment, and all others. */
export const CONDITIONS = { name: 689, environment: 290, other: 77 } as const;
