import type { RuleContext } from "../../../lint/rule";
import type { EffectiveSetting, Proof } from "../../../lint/setting";
import type { Site, Value } from "../../../python/values/value";
import { assignedBy } from "../assignments/assigned";
import { expressionAt } from "../dicts/dicts";
import { identityOf, leavesOf, type Leaf } from "../dicts/leaves";
import type { WrittenSecret } from "./secretFixes";

/** A text in a setting that is the same in every outcome, so that production certainly has it. */
export interface WrittenText {
  readonly leaf: Leaf;
  readonly text: string;
  readonly proof: Proof;
  /** Where the text itself is written as far as that is known, else where its setting is assigned. */
  readonly site: Site;
}

/** The texts in a setting's value, its dicts' and lists' included, that no outcome does without. */
export function writtenTexts(setting: EffectiveSetting): readonly WrittenText[] {
  const [first, ...others] = setting.outcomes;
  const proof = first && setting.proofOf(first);
  if (first === undefined || proof === undefined) return [];
  const rest = others.map((outcome) => new Set(leavesOf(setting.name, outcome.value).map(identityOf)));
  return leavesOf(setting.name, first.value).flatMap((leaf) => {
    if (leaf.value.kind !== "str" || leaf.value.value === "") return [];
    if (rest.some((leaves) => !leaves.has(identityOf(leaf)))) return [];
    return [{ leaf, text: leaf.value.value, proof, site: leaf.site ?? proof.site }];
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
