import { defineRule, type FixOf, type RuleContext } from "../../lint/rule";
import type { JudgedPart } from "../../lint/setting";
import type { Value } from "../../python/values/value";
import { replaceTextFix } from "../questions/fixes/settingFixes";
import { knownEntries, type ListEntry } from "../questions/lists/entries";
import doc from "./csrf-trusted-origin-scheme.md";

const SETTING = "CSRF_TRUSTED_ORIGINS";
const HOST = /^\.?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?$/i;
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0)(:|$)/i;

export const csrfTrustedOriginScheme = defineRule({
  id: "csrf-trusted-origin-scheme",
  category: "security",
  severity: "error",
  audience: "entry",
  django: { since: [1, 9] },
  djangoChecks: ["4_0.E001"],
  messages: {
    missing:
      'CSRF_TRUSTED_ORIGINS has "{origin}" without a scheme: since Django 4.0 every management command with {module} stops at this. Write "https://" before it.',
    early:
      'CSRF_TRUSTED_ORIGINS has "{origin}" with a scheme: before 4.0 Django compares its items with the host alone, so {module} refuses forms from there. Leave the scheme out until the upgrade, or list the host, too.',
  },
  fixes: {
    addScheme: { safety: "safe", title: 'Write "{origin}"' },
    dropScheme: { safety: "unsafe", title: 'Write "{origin}"' },
  },
  doc,

  check(context) {
    const isNew = context.djangoAtLeast(4, 0);
    if (isNew === undefined) return;
    for (const { part, proof } of context.setting(SETTING).judgeParts((value) => wrongOrigins(value, isNew))) {
      context.report({
        message: isNew ? "missing" : "early",
        values: { origin: part.text },
        proof,
        at: part.item.site,
        severity: isNew ? "error" : "warning",
        fixes: [isNew ? addScheme(context, part) : dropScheme(context, part)],
      });
    }
  },
});

/** The origins without a scheme, since Django 4.0, or before that those with one. */
function wrongOrigins(value: Value, isNew: boolean): readonly (ListEntry & JudgedPart)[] {
  const entries = knownEntries(value);
  const isWrong = ({ text }: ListEntry): boolean => {
    if (text.includes("://") === isNew || text === "") return false;
    // During an upgrade both forms stand side by side.
    return isNew || !entries.some((other) => other.text === withoutScheme(text));
  };
  return entries.filter(isWrong).map((entry) => ({ ...entry, key: entry.text }));
}

type Fix = FixOf<typeof csrfTrustedOriginScheme>;

function withoutScheme(origin: string): string {
  return origin.replace(/^[a-z]+:\/\/(\*(?=\.))?/i, "");
}

/** Entries for subdomains began with a dot, and begin with `*.` now. A host of a developer's machine has no certificate. */
function addScheme(context: RuleContext, entry: ListEntry): Fix | undefined {
  if (!HOST.test(entry.text)) return undefined;
  const isLocal = LOCAL.test(entry.text);
  const origin = `${isLocal ? "http" : "https"}://${entry.text.startsWith(".") ? "*" : ""}${entry.text}`;
  const fix = rewritten(context, entry, "addScheme", origin);
  return fix && { ...fix, safety: isLocal ? "unsafe" : "safe" };
}

function dropScheme(context: RuleContext, entry: ListEntry): Fix | undefined {
  const origin = withoutScheme(entry.text);
  return HOST.test(origin) ? rewritten(context, entry, "dropScheme", origin) : undefined;
}

function rewritten(context: RuleContext, { item }: ListEntry, id: Fix["id"], origin: string): Fix | undefined {
  return replaceTextFix(context, id, item.site, origin, { origin });
}
