import { chainOf } from "../../lint/chain";
import { isTruthy } from "../../lint/effective";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Value } from "../../python/value";
import { kindsOf } from "../../lint/classKinds";
import { knownEntries } from "../questions/entries";
import { entrySite, indexIn, middlewareSetting, shortName, writtenList } from "../questions/middleware";
import { movesFor, violationsOf, type Listed, type Move, type Violation } from "../questions/middlewareOrder";
import doc from "./middleware-order.md";

type Fixes = "move";
type Context = RuleContext<"order" | "place", Fixes>;

export const middlewareOrder = defineRule<"order" | "place", Fixes>({
  id: "middleware-order",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  djangoChecks: [],
  partialChecks: ["auth.E013"],
  messages: {
    order: "{early} must come after {late}: {reason}. Move {entry} {direction} {anchor}.",
    place: "{early} stands above {late}: {reason}. Move {entry} {direction} {anchor}.",
  },
  fixes: { move: { safety: "safe", title: "Move {entry} {direction} {anchor}" } },
  onByDefault: true,
  doc,

  check(context) {
    const setting = middlewareSetting(context);
    // Where lists differ by branch, only what is wrong in all of them is certain.
    const perOutcome = setting.outcomes.map(({ value }) => violationsOf(listed(context, value)));
    const [first = [], ...others] = perOutcome;
    const violations = first.filter(
      (one) => others.every((list) => list.some((other) => isSame(one, other))) && applies(context, one),
    );
    const value = setting.outcomes[0]?.value;
    const proof = violations.length === 0 ? undefined : setting.mayBe((one) => one === value);
    if (value === undefined || proof === undefined) return;
    for (const move of movesFor(listed(context, value), violations)) report(context, setting.name, proof, move);
  },
});

function listed(context: Context, value: Value): readonly Listed[] {
  return knownEntries(value).map((entry) => ({ ...entry, kinds: kindsOf(context, entry.text) }));
}

function isSame(a: Violation, b: Violation): boolean {
  return a.early === b.early && a.late === b.late;
}

function applies(context: Context, { when }: Violation): boolean {
  switch (when) {
    case undefined:
      return true;
    case "csrf-in-session":
      return context.setting("CSRF_USE_SESSIONS").mustBe(isTruthy) !== undefined;
    case "messages-in-session": {
      const usesSession = /^django\.contrib\.messages\.storage\.(fallback\.Fallback|session\.Session)Storage$/;
      const storage = context.setting("MESSAGE_STORAGE");
      return storage.mustBe((value) => value.kind === "str" && usesSession.test(value.value)) !== undefined;
    }
  }
}

function report(context: Context, setting: string, proof: Proof, move: Move): void {
  const { entry, violation, direction } = move;
  const site = entrySite(proof, entry);
  const values = { entry: shortName(entry.text), direction, anchor: shortName(move.anchor.text) };
  context.report({
    message: violation.subject === violation.early ? "order" : "place",
    values: {
      ...values,
      early: labelOf(violation, "early"),
      late: labelOf(violation, "late"),
      reason: violation.reason,
    },
    at: site,
    setting,
    severity: violation.severity,
    ...(violation.check === undefined ? {} : { djangoCheck: violation.check }),
    chain: site.file === context.module.file ? [] : chainOf(context, setting, proof),
    fixes: fixesOf(context, proof, move).map((fix) => ({ ...fix, values })),
  });
}

/** `Sessions (a SessionMiddleware)` for a class of the project. */
function labelOf(violation: Violation, side: "early" | "late"): string {
  const [path, as] = [violation[side], violation.as[side]];
  return path === as ? shortName(path) : `${shortName(path)} (a ${shortName(as)})`;
}

/** Only within one display: what is put together of several lists has no single place to move an entry to. */
function fixesOf(context: Context, proof: Proof, { entry, anchor, direction }: Move): readonly ReportedFix<Fixes>[] {
  const written = writtenList(context, proof);
  const [from, to] = written === undefined ? [] : [indexIn(written, entry), indexIn(written, anchor)];
  const source = written === undefined ? undefined : context.source(written.file);
  const element = from === undefined ? undefined : written?.list.elts[from];
  if (written === undefined || element === undefined || to === undefined || source === undefined) return [];
  const text = source.text.slice(element.start, element.end);
  return [
    {
      id: "move",
      edit: (edit) => {
        edit.deleteElement(written.file, element);
        edit.insertElement(written.file, written.list, direction === "above" ? to : to + 1, text);
      },
    },
  ];
}
