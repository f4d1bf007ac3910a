import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { EffectiveSetting, Proof } from "../../lint/setting";
import { expressionAt } from "../questions/dicts";
import { knownEntries, type ListEntry } from "../questions/entries";
import { entrySite } from "../questions/middleware";
import { aboutSetting } from "../questions/settingReport";
import doc from "./csrf-trusted-origin-scheme.md";

type Context = RuleContext<never, never>;
type Fixes = "addScheme" | "dropScheme";

const SETTING = "CSRF_TRUSTED_ORIGINS";
const HOST = /^\.?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?$/i;
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0)(:|$)/i;

export const csrfTrustedOriginScheme = defineRule<"missing" | "early", Fixes>({
  id: "csrf-trusted-origin-scheme",
  category: "security",
  severity: "error",
  audience: "entry",
  django: { since: [1, 9] },
  djangoChecks: ["4_0.E001"],
  messages: {
    missing:
      'CSRF_TRUSTED_ORIGINS of {module} has "{origin}" without a scheme: since Django 4.0 every management command stops at this. Write "https://" before it.',
    early:
      'CSRF_TRUSTED_ORIGINS of {module} has "{origin}", and before 4.0 Django compares its entries with the host alone: forms from there are refused. Leave the scheme out until the upgrade, or list the host, too.',
  },
  fixes: {
    addScheme: { safety: "safe", title: 'Write "{origin}"' },
    dropScheme: { safety: "unsafe", title: 'Write "{origin}"' },
  },
  onByDefault: true,
  doc,

  check(context) {
    const isNew = context.djangoAtLeast(4, 0);
    if (isNew === undefined) return;
    const setting = context.setting(SETTING);
    const proof = setting.mustBe((value) => knownEntries(value).length > 0);
    if (proof === undefined) return;
    const entries = knownEntries(proof.value);
    for (const entry of entries) {
      const hasScheme = entry.text.includes("://");
      if (hasScheme === isNew || entry.text === "" || !isAlwaysThere(setting, entry)) continue;
      // During an upgrade both forms stand side by side.
      if (!isNew && entries.some(({ text }) => text === withoutScheme(entry.text))) continue;
      const about = aboutSetting(context, SETTING, proof);
      context.report({
        ...about,
        message: isNew ? "missing" : "early",
        values: { ...about.values, origin: entry.text },
        at: entrySite(proof, entry),
        severity: isNew ? "error" : "warning",
        fixes: isNew ? addScheme(context, entry) : dropScheme(context, entry),
      });
    }
  },
});

function isAlwaysThere(setting: EffectiveSetting, entry: ListEntry): Proof | undefined {
  return setting.mustBe((value) => knownEntries(value).some(({ text }) => text === entry.text));
}

function withoutScheme(origin: string): string {
  return origin.replace(/^[a-z]+:\/\/(\*(?=\.))?/i, "");
}

/** Entries for subdomains began with a dot, and begin with `*.` now. A host of a developer's machine has no certificate. */
function addScheme(context: Context, entry: ListEntry): readonly ReportedFix<Fixes>[] {
  if (!HOST.test(entry.text)) return [];
  const isLocal = LOCAL.test(entry.text);
  const origin = `${isLocal ? "http" : "https"}://${entry.text.startsWith(".") ? "*" : ""}${entry.text}`;
  return rewritten(context, entry, "addScheme", origin).map((fix) => (isLocal ? { ...fix, safety: "unsafe" } : fix));
}

function dropScheme(context: Context, entry: ListEntry): readonly ReportedFix<Fixes>[] {
  const origin = withoutScheme(entry.text);
  return HOST.test(origin) ? rewritten(context, entry, "dropScheme", origin) : [];
}

function rewritten(context: Context, { item }: ListEntry, id: Fixes, origin: string): readonly ReportedFix<Fixes>[] {
  const { site } = item;
  const expression = expressionAt(context, site);
  if (site === undefined || expression?.kind !== "Str") return [];
  return [
    { id, values: { origin }, edit: (edit) => edit.replace(site.file, expression, edit.quote(site.file, origin)) },
  ];
}
