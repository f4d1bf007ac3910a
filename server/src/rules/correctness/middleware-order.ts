import { append } from "../../base/lists";
import { kindsOf } from "../../lint/classKinds";
import { isTruthy } from "../../lint/effective";
import { defineRule, type ContextOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Value } from "../../python/values/value";
import { knownEntries } from "../questions/lists/entries";
import { entrySite } from "../questions/lists/entries";
import { moveEntry } from "../questions/fixes/moveEntry";
import { middlewareSetting, shortName } from "../questions/middleware/middleware";
import {
  movesFor,
  violationsOf,
  type Listed,
  type Move,
  type Violation,
} from "../questions/middleware/middlewareOrder";
import doc from "./middleware-order.md";

type Context = ContextOf<typeof middlewareOrder>;

export const middlewareOrder = defineRule({
  id: "middleware-order",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  partialChecks: ["auth.E013"],
  messages: {
    order: "{early} must come after {late}: {reason}. Move {entry} {direction} {anchor}.",
    place: "{early} stands above {late}: {reason}. Move {entry} {direction} {anchor}.",
  },
  fixes: { move: { safety: "unsafe", title: "Move {entry} {direction} {anchor}" } },
  doc,

  check(context) {
    // Where lists differ by branch, each entry is told of in the list with the fewest others.
    const lists = middlewareSetting(context)
      .proofs()
      .map((proof) => {
        const entries = listed(context, proof.value);
        return { proof, entries, violations: violationsOf(entries) };
      })
      .toSorted((a, b) => a.violations.length - b.violations.length);
    const reported: Violation[] = [];
    for (const { proof, entries, violations } of lists) {
      const found = violations.filter(
        (one) =>
          !reported.some((other) => isSame(one, other)) &&
          lists.every((list) => isWrongWherever(one, list)) &&
          applies(context, one),
      );
      append(reported, found);
      for (const move of movesFor(entries, found)) report(context, proof, move);
    }
  },
});

/** The middleware of one world. */
interface Judged {
  readonly proof: Proof;
  readonly entries: readonly Listed[];
  readonly violations: readonly Violation[];
}

/** Whether a list has the two entries in the wrong order, or not both of them. */
function isWrongWherever(one: Violation, { entries, violations }: Judged): boolean {
  const hasBoth = [one.early, one.late].every((path) => entries.some(({ text }) => text === path));
  return !hasBoth || violations.some((other) => isSame(one, other));
}

/** Of what is listed twice, which is a finding of its own, the first one counts: it sees each request before the other. */
function listed(context: Context, value: Value): readonly Listed[] {
  const entries = knownEntries(value);
  const first = entries.filter(({ text }, index) => entries.findIndex((one) => one.text === text) === index);
  return first.map((entry) => ({ ...entry, kinds: kindsOf(context, entry.text) }));
}

function isSame(a: Violation, b: Violation): boolean {
  return a.early === b.early && a.late === b.late;
}

function applies(context: Context, { when }: Violation): boolean {
  switch (when) {
    case undefined:
      return true;
    case "csrf-in-session":
      return context.setting("CSRF_USE_SESSIONS").certainly(isTruthy);
    case "messages-in-session": {
      const usesSession = /^django\.contrib\.messages\.storage\.(fallback\.Fallback|session\.Session)Storage$/;
      const storage = context.setting("MESSAGE_STORAGE");
      return storage.certainly((value) => value.kind === "str" && usesSession.test(value.value));
    }
  }
}

function report(context: Context, proof: Proof, move: Move): void {
  const { entry, violation, direction, anchor } = move;
  // What a call puts into the list, nobody can move.
  if (entry.item.site === undefined) return;
  context.report({
    message: violation.subject === violation.early ? "order" : "place",
    values: {
      entry: shortName(entry.text),
      direction,
      anchor: shortName(anchor.text),
      early: labelOf(violation, "early"),
      late: labelOf(violation, "late"),
      reason: violation.reason,
    },
    proof,
    at: entrySite(proof, entry),
    severity: violation.severity,
    djangoCheck: violation.check,
    fixes: [moveEntry(context, "move", proof, move)],
  });
}

/** `Sessions (a SessionMiddleware)` for a class of the project. */
function labelOf(violation: Violation, side: "early" | "late"): string {
  const [path, as] = [violation[side], violation.as[side]];
  return path === as ? shortName(path) : `${shortName(path)} (a ${shortName(as)})`;
}
