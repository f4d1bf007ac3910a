import type { ReportedFix, RuleContext } from "../../../lint/rule";
import type { EffectiveSetting, Proof } from "../../../lint/setting";
import type { Site, Value } from "../../../python/values/value";
import { assignedBy } from "../assignments/assigned";
import { expressionAt } from "../dicts/dicts";
import { describePath, identityOf, leavesOf, type Leaf } from "../dicts/leaves";
import { secretFixes, type SecretFix, type WrittenSecret } from "./secretFixes";

/** A text in a setting that production certainly has, or has while variables are missing. */
export interface WrittenText {
  readonly leaf: Leaf;
  readonly text: string;
  readonly proof: Proof;
  /** Where the text itself is written as far as that is known, else where its setting is assigned. */
  readonly site: Site;
}

/**
 * The texts in a setting's value, its dicts' and lists' included, that are as asked and that no outcome does without: neither as
 * written nor, else, while variables are missing.
 */
export function writtenTexts(
  setting: EffectiveSetting,
  isWanted: (leaf: Leaf, text: string) => boolean = () => true,
): readonly WrittenText[] {
  const found = new Map<string, WrittenText>();
  for (const outcome of setting.outcomes) {
    for (const leaf of leavesOf(setting.name, outcome.value)) {
      const identity = identityOf(leaf);
      if (leaf.value.kind !== "str" || leaf.value.value === "" || found.has(identity)) continue;
      if (!isWanted(leaf, leaf.value.value)) continue;
      const hasIt = (value: Value): boolean =>
        leavesOf(setting.name, value).some((one) => identityOf(one) === identity);
      const proof = setting.outcomes.length === 1 ? setting.proofOf(outcome) : setting.judge(hasIt);
      if (proof === undefined) continue;
      const data = setting.dataOf(leaf.value) ?? proof.data;
      const site = data?.key ?? leaf.site ?? proof.site;
      found.set(identity, { leaf, text: leaf.value.value, proof: { ...proof, data }, site });
    }
  }
  return [...found.values()];
}

/**
 * How a message says that a secret is in the repository's history, and the severity where that is not certain: of a file that git
 * ignores it cannot be told whether it is tracked all the same.
 */
export function commitmentOf(
  { snapshot }: RuleContext,
  { file }: Site,
): { readonly committed: string; readonly severity?: "warning" } {
  return snapshot.isIgnored(file)
    ? { committed: "if this file, which git ignores, was ever committed", severity: "warning" }
    : { committed: "because it has been committed" };
}

/** The fixes that take a written secret out of the source, under a variable that is named after its place. */
export function fixesOfWritten(context: RuleContext, written: WrittenText): readonly ReportedFix<SecretFix>[] {
  const { leaf, text, proof } = written;
  return secretFixes(context, {
    at: replaceable(context, written),
    name: describePath(leaf),
    setting: leaf.path.length === 1 ? proof.setting : undefined,
    text,
    variable: { path: leaf.path },
  });
}

/** The expression that a fix may replace to take a text out of the source. */
export function replaceable(context: RuleContext, written: WrittenText): WrittenSecret["at"] {
  const { leaf, proof } = written;
  if (leaf.path.length > 1) {
    // Of `config.update(PASSWORD="...")` and `dict(PASSWORD="...")` only the call's place is known.
    const expression = expressionAt(context, leaf.site);
    return expression === undefined || /^(?:Call|Dict|List|Tuple)$/.test(expression.kind) ? undefined : leaf.site;
  }
  const assigned = assignedBy(context, proof.outcome);
  return assigned && { file: assigned.file, range: assigned.expression };
}

/** The names of services in the workspace's compose files: hosts that only its own containers reach. */
export function composeServices(context: RuleContext): ReadonlySet<string> {
  const names = new Set<string>();
  for (const path of context.snapshot.listing.files) {
    if (!/(^|\/)(docker-)?compose[^/]*\.ya?ml$/.test(path)) continue;
    const services =
      /(?:^|\n)services:[^\n]*\n((?:[ \t#][^\n]*\n|\r?\n)*)/.exec(`${context.snapshot.text(path) ?? ""}\n`)?.[1] ?? "";
    const indent = /^( +)[\w.-]+:/m.exec(services)?.[1] ?? "  ";
    for (const match of services.matchAll(new RegExp(`^${indent}([\\w.-]+):`, "gm"))) names.add(match[1] ?? "");
  }
  return names;
}

/** Whether a host is this machine: its name, its addresses, a socket, or nothing at all. */
export function isLoopback(host: string): boolean {
  return /^(|localhost|127\.\d+\.\d+\.\d+|\[?::1\]?|0\.0\.0\.0|host\.docker\.internal|\/.*)$/i.test(host);
}

/** Whether a text stands for a password until there is a real one: `mypassword`, `shop_password`, `secret-key`. */
export function isStandIn(text: string): boolean {
  return /^([a-z]+[-_ ]?)?(password|passwd|pass|pwd|secret|token|(api|secret)[-_ ]?key)[-_ ]?\d*$/i.test(text);
}

/** A known text, also the one that a read falls back to. */
export function textOrFallback(value: Value | undefined): string | undefined {
  if (value?.kind === "environment") return textOrFallback(value.fallback);
  return value?.kind === "str" ? value.value : undefined;
}
