import { table } from "../../base/table";
import { servesProduction } from "../../lint/settingsModules";
import { placeLabel } from "../../lint/phrases";
import { defineRule, siteOf, targetOf, type ContextOf, type FixOf } from "../../lint/rule";
import type { EffectiveSetting } from "../../lint/setting";
import { collectInCode } from "../../project/codeIndex";
import type { Binding } from "../../python/program/evaluation";
import type { DictValue, Value } from "../../python/values/value";
import { bindingBefore, bindingOf } from "../questions/assignments/bindings";
import { lostOptions, type LostOptions } from "../questions/databases/lostOptions";
import doc from "./dict-setting-replaced.md";

type Context = ContextOf<typeof dictSettingReplaced>;

/** Keys whose loss changes who may do what, or where data goes. */
const WEIGHTY: Readonly<Record<string, RegExp>> = table({
  REST_FRAMEWORK: /^DEFAULT_(PERMISSION|AUTHENTICATION|THROTTLE)_/,
  STORAGES: /^(default|staticfiles)$/,
  SIMPLE_JWT: /./,
  DATABASES: /^default$/,
  CACHES: /^default$/,
  CONTENT_SECURITY_POLICY: /./,
  SECURE_CSP: /./,
});
/** Environments usually rewrite these as a whole. */
const REWRITTEN = new Set(["LOGGING", "DATABASES", "CACHES"]);

/** An override that drops keys of the dict that it replaces, and was not built from it. */
export const dictSettingReplaced = defineRule({
  id: "dict-setting-replaced",
  category: "split-settings",
  severity: "info",
  audience: "entry",
  messages: {
    lost: "This {setting} replaces the one from {place} as a whole: {keys} {verb} gone in {module}. Extend the old value, or repeat what is still wanted.",
  },
  fixes: {
    merge: { safety: "unsafe", title: "Keep the items of the replaced {setting}" },
    repeat: { safety: "unsafe", title: "Repeat {keys}" },
  },
  doc,

  check(context) {
    const isTest = context.module.role === "test";
    for (const replaced of context.inEachSetting((setting) => replacedDict(context, setting))) {
      // Tests do with less on purpose, but not without what the code takes as given.
      const lost = isTest ? takenByCode(context, replaced) : replaced.lost;
      if (lost.length > 0) reportLost(context, { ...replaced, lost });
    }
    // Development and its databases do with less on purpose.
    if (servesProduction(context.module.role)) for (const lost of lostOptions(context)) reportOptions(context, lost);
  },
});

function reportOptions(context: Context, lost: LostOptions): void {
  const { alias, options, replacement } = lost;
  const [first] = options;
  if (first === undefined) return;
  const keys = options.map(({ key }) => key);
  context.report({
    message: "lost",
    values: {
      setting: `DATABASES["${alias}"]`,
      place: placeLabel(context, first.site),
      keys: keys.join(", "),
      verb: keys.length === 1 ? "is" : "are",
    },
    at: siteOf(replacement.file, replacement.target),
    setting: "DATABASES",
    // Without transactions around requests, half of what a failed one did stays in the database.
    severity: keys.includes("ATOMIC_REQUESTS") ? "warning" : "info",
    chain: options.map(({ key, site }) => ({ site, text: `${key} is set here.` })),
    fixes: [repeat(context, lost)],
  });
}

/** Only what is written as a literal: other expressions may need names of their own file. */
function repeat(
  context: Context,
  { alias, options, from, replacement }: LostOptions,
): FixOf<typeof dictSettingReplaced> | undefined {
  const { file, statement, value } = replacement;
  const source = context.source(from)?.text ?? "";
  if (!options.every((one) => /^(?:Constant|Int|Str)$/.test(one.value.kind))) return undefined;
  const written = options.map((one) => [one.key, source.slice(one.value.start, one.value.end)] as const);
  return {
    id: "repeat",
    values: { keys: options.map(({ key }) => key).join(", ") },
    edit: (edit) => {
      const quote = (text: string): string => edit.quote(file, text);
      if (value.kind === "Dict") {
        for (const [key, text] of written)
          edit.insertElement(file, value, value.items.length, `${quote(key)}: ${text}`);
        return;
      }
      const lines = written.map(([key, text]) => `DATABASES[${quote(alias)}][${quote(key)}] = ${text}`);
      edit.insertAfter(file, statement, lines.join("\n"));
    },
  };
}

interface Replaced {
  readonly setting: string;
  readonly binding: Binding;
  readonly before: Binding;
  readonly lost: readonly string[];
}

function replacedDict({ evaluation }: Context, { name: setting, outcomes }: EffectiveSetting): readonly Replaced[] {
  const [outcome, ...others] = outcomes;
  if (outcome?.value.kind !== "dict" || others.length > 0) return [];
  const binding = bindingOf(evaluation, outcome);
  if (binding?.expression?.kind !== "Dict" || binding.reads.some((read) => read.name === setting)) return [];
  const before = bindingBefore(evaluation, binding, setting);
  if (before?.value.kind !== "dict" || before.step.site.file === binding.step.site.file) return [];
  const lost = lostKeys(before.value, outcome.value);
  if (lost === undefined || lost.length === 0) return [];
  const isPartial = lost.length < before.value.entries.length;
  if (!isWeighty(setting, lost) && (REWRITTEN.has(setting) || !isPartial)) return [];
  return [{ setting, binding, before, lost }];
}

/** The lost keys that the project's code takes without asking whether they are there: `settings.SHOP["URL"]`. */
function takenByCode({ snapshot, project }: Context, { setting, lost }: Replaced): readonly string[] {
  const find = (text: string): readonly string[] =>
    Array.from(
      text.matchAll(/(?<![\w.])settings\.([A-Z][A-Z0-9_]*)\[["'](\w+)["']\]/g),
      (match) => `${match[1]}.${match[2]}`,
    );
  const taken = new Set(collectInCode(snapshot, project.root, { id: "keys of settings", find }).map(([, one]) => one));
  return lost.filter((key) => taken.has(`${setting}.${key}`));
}

/** The text keys that the old dict had and the new one certainly has not. */
function lostKeys(before: DictValue, final: DictValue): readonly string[] | undefined {
  if (final.entries.some((entry) => entry.key === undefined)) return undefined;
  const text = (key: Value | undefined): string | undefined => (key?.kind === "str" ? key.value : undefined);
  const kept = new Set(final.entries.map((entry) => text(entry.key)));
  return before.entries
    .map((entry) => text(entry.key))
    .filter((key) => key !== undefined && !kept.has(key)) as string[];
}

function reportLost(context: Context, { setting, binding, before, lost }: Replaced): void {
  const { step, expression } = binding;
  const old = targetOf(before.step);
  const named = lost.slice(0, 4).join(", ") + (lost.length > 4 ? ` and ${lost.length - 4} more` : "");
  const { file } = step.site;
  context.report({
    message: "lost",
    values: { place: placeLabel(context, old), keys: named, verb: lost.length === 1 ? "is" : "are" },
    at: siteOf(file, step.target),
    setting,
    severity: isWeighty(setting, lost) ? "warning" : "info",
    chain: [{ site: old, text: `${setting} is set here first, in ${before.step.module}.` }],
    fixes: [
      expression?.kind === "Dict"
        ? { id: "merge", edit: (edit) => edit.insertElement(file, expression, 0, `**${setting}`) }
        : undefined,
    ],
  });
}

function isWeighty(setting: string, lost: readonly string[]): boolean {
  return lost.some((key) => WEIGHTY[setting]?.test(key) === true);
}
