import { defineRule, type ContextOf, type FixOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { findSettingRead } from "../../project/codeIndex";
import type { Item, Value } from "../../python/values/value";
import { assignedBy } from "../questions/assignments/assigned";
import { mutationsOf } from "../questions/assignments/bindings";
import { ADMIN_SETTINGS, isPair, isSwapped } from "../questions/mail/admins";
import doc from "./admins-tuples.md";

type Context = ContextOf<typeof adminsTuples>;

export const adminsTuples = defineRule({
  id: "admins-tuples",
  category: "deprecation",
  severity: "info",
  audience: "entry",
  django: { since: [6, 0] },
  messages: {
    pairs:
      "{setting} lists (name, address) pairs: they are deprecated since Django 6.0, and the release after 6.2 takes address strings only. The name is not used: write the addresses.",
  },
  fixes: { addresses: { safety: "safe", title: "List the addresses alone" } },
  doc,

  check(context) {
    if (context.djangoAtLeast(6, 0) !== true) return;
    const told = new Set<string>();
    for (const name of ADMIN_SETTINGS) {
      const proof = context.setting(name).mustBe(arePairs);
      if (proof?.origin === undefined) continue;
      // MANAGERS = ADMINS is the same list.
      const place = placeOf(itemsOf(proof.value)[0]);
      if (place !== undefined && told.has(place)) continue;
      if (place !== undefined) told.add(place);
      context.report({ message: "pairs", proof, tags: ["deprecated"], fixes: [addresses(context, proof)] });
    }
  },
});

function itemsOf(value: Value): readonly Item[] {
  return value.kind === "list" || value.kind === "tuple" ? value.items : [];
}

function arePairs(value: Value): boolean {
  const items = itemsOf(value);
  return items.length > 0 && items.every((item) => !item.spread && isPair(item.value) && !isSwapped(item.value));
}

function placeOf(item: Item | undefined): string | undefined {
  return item?.site && `${item.site.range.start} ${item.site.file}`;
}

/** Django itself has only used the addresses (`mail_admins` in django/core/mail/__init__.py); the project's code may use more. */
function addresses(context: Context, proof: Proof): FixOf<typeof adminsTuples> | undefined {
  const assigned = assignedBy(context, proof.outcome);
  const display = assigned?.expression;
  if (assigned === undefined || (display?.kind !== "List" && display?.kind !== "Tuple")) return undefined;
  if (mutationsOf(context.evaluation, proof.outcome).length > 0 || isTakenApart(context)) return undefined;
  const pairs = display.elts.map((each) => (each.kind === "Tuple" || each.kind === "List" ? each : undefined));
  if (pairs.some((pair) => pair?.elts.length !== 2)) return undefined;
  const { file } = assigned;
  const text = context.source(file)?.text ?? "";
  const isRead = ADMIN_SETTINGS.some(
    (name) => findSettingRead(context.snapshot, context.project.root, name) !== undefined,
  );
  return {
    id: "addresses",
    safety: isRead ? "unsafe" : "safe",
    edit: (edit) => {
      for (const pair of pairs) {
        const address = pair?.elts[1];
        if (pair !== undefined && address !== undefined)
          edit.replace(file, pair, text.slice(address.start, address.end));
      }
    },
  };
}

/** Whether settings are made of a part of the list; `MANAGERS = ADMINS` takes it as a whole. */
function isTakenApart({ entries }: Context): boolean {
  const isOne = (name: string): boolean => ADMIN_SETTINGS.some((one) => one === name);
  return entries.some(({ evaluation }) =>
    evaluation.bindings.some(
      ({ name, reads, expression }) =>
        reads.some((read) => isOne(read.name)) && !(isOne(name) && expression?.kind === "Name"),
    ),
  );
}
