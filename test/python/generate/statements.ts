import { attempt, rethrown } from "./attempts";
import { branch, loop, managed, matching } from "./blocks";
import { deferred, live } from "./deferred";
import { STATEMENT_SITES } from "./census";
import { classBody, define, lambda } from "./definitions";
import { alias, assertion, assign, augment, change, environment, remove, unpack, viaGlobals } from "./simple";
import type { Writer } from "./writer";

/** One statement of any kind that is possible at the present place, each about as often as settings have it. */
export function statement(w: Writer): void {
  const { depth, inFunction } = w;
  const sites = STATEMENT_SITES;
  const isTop = depth === 0 && !inFunction;
  const unless = (excluded: boolean, weight: number): number => (excluded ? 0 : weight);
  w.random.weighted<(w: Writer) => void>([
    // Inside of blocks, settings assign what they assign outside: most statements at the top are on their own.
    [depth === 0 ? sites.assign : sites.change, assign],
    [sites.change, change],
    [unless(depth > 2, sites.branch), branch],
    [unless(depth > 2, sites.attempt), attempt],
    [unless(depth > 2, sites.rethrown), rethrown],
    [unless(depth > 1, sites.loop), loop],
    [unless(!isTop, sites.define), define],
    [unless(!isTop, sites.lambda), lambda],
    [sites.augment, augment],
    [sites.unpack, unpack],
    [sites.alias, alias],
    [unless(inFunction, sites.environment), environment],
    [unless(!isTop, sites.classBody), classBody],
    [unless(inFunction, sites.remove), remove],
    [sites.assertion, assertion],
    [unless(depth > 1, sites.matching), matching],
    [unless(depth > 2, sites.managed), managed],
    [unless(inFunction, sites.viaGlobals), viaGlobals],
    [unless(depth > 1, sites.deferred), deferred],
    [unless(depth > 1, sites.live), live],
  ])(w);
}

/** One to three statements. */
export function some(w: Writer): void {
  const total = 1 + w.random.below(3);
  for (let i = 0; i < total; i++) statement(w);
}
