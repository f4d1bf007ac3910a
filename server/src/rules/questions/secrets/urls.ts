import { urlWithPassword, type UrlWithPassword } from "../../../django/secrets";
import { walk } from "../../../lint/edit/walk";
import type { RuleContext } from "../../../lint/rule";
import type { EffectiveSetting, Proof } from "../../../lint/setting";
import type { Outcome, Value } from "../../../python/values/value";
import type { Expr, JoinedStr } from "../../../syntax/ast";
import { assignedBy, type Assigned } from "../assignments/assigned";
import { textsIn } from "../dicts/leaves";

/** A URL with a password that is written in a setting. */
export interface FoundUrl {
  readonly text: string;
  readonly url: UrlWithPassword;
  readonly at: Expr;
  readonly assigned: Assigned;
  readonly outcome: Outcome;
  readonly proof: Proof;
}

/** The URLs that the assignments behind a name spell out and that no outcome does without, at least while variables are missing. */
export function urlsIn(context: RuleContext, setting: EffectiveSetting): readonly FoundUrl[] {
  const seen = new Set<Expr>();
  return setting.outcomes.flatMap((outcome) => {
    const assigned = assignedBy(context, outcome);
    if (assigned === undefined || seen.has(assigned.expression) || !holdsUrl(assigned.expression)) return [];
    seen.add(assigned.expression);
    return urlsOf(setting, outcome, assigned);
  });
}

/** Most expressions hold none, and are the same objects after an edit. */
const known = new WeakMap<Expr, boolean>();

/** Whether a text in an expression is a URL with a password. */
export function holdsUrl(expression: Expr): boolean {
  let holds = known.get(expression);
  if (holds === undefined) {
    holds = false;
    walk([expression], (node) => {
      const text = textOf(node as Expr);
      holds ||= text !== undefined && urlWithPassword(text) !== undefined;
    });
    known.set(expression, holds);
  }
  return holds;
}

function urlsOf(setting: EffectiveSetting, outcome: Outcome, assigned: Assigned): readonly FoundUrl[] {
  const found: FoundUrl[] = [];
  const partsOfTexts = new Set<unknown>();
  walk([assigned.expression], (node) => {
    if (node.kind === "JoinedStr") for (const part of (node as JoinedStr).values) partsOfTexts.add(part);
    if (partsOfTexts.has(node)) return;
    const text = textOf(node as Expr);
    const url = text === undefined ? undefined : urlWithPassword(text);
    if (text === undefined || url === undefined || isPublic(setting.name, url)) return;
    const hasIt = (value: Value): boolean => {
      const texts = textsIn(value);
      return texts.includes(text) || texts.includes(decoded(url.password));
    };
    // The text of an f-string is not among the value's, but it is the whole of it.
    const isWhole = node === assigned.expression && setting.outcomes.length === 1 && outcome.value.kind !== "unknown";
    const proof = node.kind === "JoinedStr" && isWhole ? setting.proofOf(outcome) : setting.judge(hasIt);
    if (proof !== undefined) found.push({ text, url, at: node as Expr, assigned, outcome, proof });
  });
  return found;
}

/** Error trackers' DSNs go to browsers, too; the old form has a second key in the password's place. */
function isPublic(name: string, url: UrlWithPassword): boolean {
  return name.endsWith("DSN") || /(^|\.)sentry\.io$/.test(url.host);
}

/** A literal's text; what an f-string fills in stands as `{}`. */
function textOf(node: Expr): string | undefined {
  if (node.kind === "Str") return node.value;
  if (node.kind !== "JoinedStr") return undefined;
  return node.values.map((part) => (part.kind === "Str" ? part.value : "{}")).join("");
}

function decoded(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}
