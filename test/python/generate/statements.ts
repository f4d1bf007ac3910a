import { attempt, rethrown } from "./attempts";
import { branch, loop, managed, matching } from "./blocks";
import { deferred, live } from "./deferred";
import { classBody, define, lambda } from "./definitions";
import { alias, assertion, assign, augment, change, environment, remove, unpack, viaGlobals } from "./simple";
import type { Writer } from "./writer";

/** One statement of any kind that is possible at the present place. */
export function statement(w: Writer): void {
  const { depth } = w;
  const isTop = depth === 0 && !w.inFunction;
  w.random.weighted<(w: Writer) => void>([
    [20, assign],
    [13, change],
    [depth > 2 ? 0 : 10, branch],
    [depth > 2 ? 0 : 5, attempt],
    [depth > 2 ? 0 : 2, rethrown],
    [depth > 1 ? 0 : 5, loop],
    [isTop ? 5 : 0, define],
    [isTop ? 2 : 0, lambda],
    [4, augment],
    [3, unpack],
    [2, alias],
    [w.inFunction ? 0 : 2, environment],
    [isTop ? 2 : 0, classBody],
    [w.inFunction ? 0 : 1, remove],
    [1, assertion],
    [depth > 1 ? 0 : 3, matching],
    [depth > 2 ? 0 : 1, managed],
    [w.inFunction ? 0 : 1, viaGlobals],
    [depth > 1 ? 0 : 3, deferred],
    [depth > 1 ? 0 : 2, live],
  ])(w);
}

/** One to three statements. */
export function some(w: Writer): void {
  const total = 1 + w.random.below(3);
  for (let i = 0; i < total; i++) statement(w);
}
