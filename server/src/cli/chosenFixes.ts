import { largest } from "../base/lists";
import type { Finding, Fix } from "../lint/finding";
import type { Rule } from "../lint/rule";
import { didYouMean } from "../lint/similar";
import { rules } from "../rules/index";
import { UsageError } from "./host";
import { requireRules } from "./session";

/** The fixes that the command names, by their rule and in the order named. */
export type ChosenFixes = ReadonlyMap<string, readonly string[]>;

/** Reads `RULE:FIX` texts. Throws {@link UsageError} where there is no such rule or fix, or people have to do it. */
export function readChosenFixes(texts: readonly string[]): ChosenFixes {
  const chosen = new Map<string, string[]>();
  for (const text of texts) {
    const [id = "", fix] = text.split(":");
    requireRules([id]);
    const rule = rules.find((one) => one.id === id);
    if (rule === undefined) continue;
    requireFix(rule, fix);
    chosen.set(id, [...(chosen.get(id) ?? []), ...(fix === undefined ? [] : [fix])]);
  }
  return chosen;
}

function requireFix(rule: Rule, id: string | undefined): void {
  const applicable = Object.entries(rule.fixes).filter(([, { safety }]) => safety !== "manual");
  const ids = applicable.map(([each]) => each);
  const width = largest(
    ids.map((each) => each.length),
    0,
  );
  const list = applicable.map(([each, { title }]) => `${rule.id}:${each.padEnd(width)}  ${withoutNames(title)}`);
  if (ids.length === 0) throw new UsageError(`"${rule.id}" has no fix that can be applied.`);
  if (id === undefined || id === "") throw new UsageError(`which fix of "${rule.id}"? It has:`, list);
  if (!ids.includes(id))
    throw new UsageError(`"${rule.id}" has no fix "${id}" that can be applied.${didYouMean(id, ids)} It has:`, list);
}

/** A title as it is declared, before it is about a certain finding. */
function withoutNames(title: string): string {
  return title.replace(/\{\w+\}/g, "…");
}

/** The first of the named fixes that a finding has. */
export function chosenFor(finding: Finding, chosen: ChosenFixes): Fix | undefined {
  return chosen
    .get(finding.rule)
    ?.map((id) => finding.fixes.find((fix) => fix.id === id && fix.safety !== "manual"))
    .find((fix) => fix !== undefined);
}

/** Why a finding is left although a fix was named for its rule. */
export function whyLeft(finding: Finding, chosen: ChosenFixes): string {
  const fix = chosenFor(finding, chosen);
  const obstacle = fix?.obstacle();
  if (fix !== undefined) return `the fix cannot be written here${obstacle === undefined ? "" : `: ${obstacle}`}`;
  const offered = finding.fixes.filter(({ safety }) => safety !== "manual").map(({ id }) => id);
  const named = (chosen.get(finding.rule) ?? []).join(" or ");
  return `no fix ${named} here${offered.length === 0 ? "" : `, but ${offered.join(", ")}`}`;
}
