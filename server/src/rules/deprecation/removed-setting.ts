import { releaseText } from "../../django/facts";
import { removedSettings, type RemovedSetting } from "../../django/removed";
import { chainOf } from "../../lint/chain";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Severity } from "../../lint/finding";
import type { Proof } from "../../lint/setting";
import type { Binding } from "../../python/evaluation";
import type { Value } from "../../python/value";
import { bindingOf } from "../questions/bindings";
import doc from "./removed-setting.md";

type Messages = "ignored";
type Fixes = "remove" | "replace";
type Context = RuleContext<Messages, Fixes>;

/** A name that the project's Django no longer reads. Without a known release only as a hint. */
export const removedSettingRule = defineRule<Messages, Fixes>({
  id: "removed-setting",
  category: "deprecation",
  severity: "warning",
  audience: "entry",
  djangoChecks: [],
  messages: {
    ignored: "Django {version} and newer ignore {setting}{consequence}. {remedy}",
  },
  fixes: {
    remove: { safety: "safe", title: "Remove {setting}" },
    replace: { safety: "unsafe", title: "Write {replacement} instead of {setting}" },
  },
  onByDefault: true,
  doc,

  check(context) {
    for (const row of removedSettings) {
      const severity = context.setting(row.name).isUnset ? undefined : severityOf(context, row);
      if (severity === undefined) continue;
      const proof = context.setting(row.name).mayBe(isBound);
      if (proof?.origin !== undefined && !isReadByOthers(context, row.name))
        reportIgnored(context, row, proof, severity);
    }
  },
});

/** Whether the module itself binds the name: something from outside may bind any name. */
function isBound(value: Value): boolean {
  return (
    value.kind !== "unset" &&
    (value.kind !== "unknown" || (value.because.kind !== "import" && value.because.kind !== "overwritten"))
  );
}

/** Whether other settings are made from it: a helper that only shares the name with what Django once read. */
function isReadByOthers({ evaluation }: Context, name: string): boolean {
  return evaluation.bindings.some(
    (binding) => binding.name !== name && binding.reads.some((read) => read.name === name),
  );
}

/** Harmless leftovers inform, a silent loss of protection or data is an error. */
function severityOf(context: Context, { removed, losesSilently, repair }: RemovedSetting): Severity | undefined {
  const isRemoved = context.djangoAtLeast(...removed);
  if (isRemoved === undefined)
    return context.djangoAtLeast(0, 0) === undefined && removed[0] < 2000 ? "hint" : undefined;
  if (!isRemoved) return undefined;
  if (losesSilently) return "error";
  return repair === "delete" ? "info" : "warning";
}

function reportIgnored(context: Context, row: RemovedSetting, proof: Proof, severity: Severity): void {
  const { name: setting, removed, consequence, replacement } = row;
  const isDeletion = row.repair === "delete";
  context.report({
    message: "ignored",
    values: {
      setting,
      version: releaseText(removed),
      consequence: consequence === undefined ? "" : `: ${consequence}`,
      remedy: replacement === undefined || isDeletion ? "Remove it." : `Use ${replacement}.`,
    },
    at: proof.site,
    setting,
    severity,
    chain: chainOf(context, setting, proof),
    tags: ["deprecated"],
    fixes: fixesOf(context, row, proof),
  });
}

function fixesOf(context: Context, row: RemovedSetting, proof: Proof): readonly ReportedFix<Fixes>[] {
  const binding = bindingOf(context.evaluation, proof.outcome);
  if (binding === undefined || binding.statement.kind !== "Assign" || binding.statement.targets.length !== 1) return [];
  const { file } = binding.step.site;
  if (row.repair === "delete") {
    return [
      { id: "remove", values: { setting: row.name }, edit: (edit) => edit.deleteStatement(file, binding.statement) },
    ];
  }
  const text = replacementText(context, row.name, binding);
  if (text === undefined) return [];
  const [replacement = ""] = text.split(" =");
  return [
    {
      id: "replace",
      values: { setting: row.name, replacement },
      edit: (edit) => edit.replace(file, binding.statement, text),
    },
  ];
}

/** The whole new statement; `undefined` where it cannot be written from this one alone. */
function replacementText(context: Context, setting: string, { step, expression }: Binding): string | undefined {
  const source = context.source(step.site.file)?.text;
  if (source === undefined || expression === undefined) return undefined;
  const value = source.slice(expression.start, expression.end);
  const isPlain = expression.kind === "Str" || expression.kind === "Int" || expression.kind === "Name";
  switch (setting) {
    case "MIDDLEWARE_CLASSES":
      return `MIDDLEWARE = ${value}`;
    case "PASSWORD_RESET_TIMEOUT_DAYS":
      return `PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * ${isPlain ? value : `(${value})`}`;
    case "DEFAULT_FILE_STORAGE":
    case "STATICFILES_STORAGE":
      return isPlain ? storagesText(context, setting, value, source.charAt(expression.start)) : undefined;
    default:
      return undefined;
  }
}

const STORAGES: Readonly<Record<string, readonly [string, string]>> = {
  default: ["DEFAULT_FILE_STORAGE", "django.core.files.storage.FileSystemStorage"],
  staticfiles: ["STATICFILES_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage"],
};

/** `STORAGES` with both aliases that Django needs; not where the project has one, or sets both old names. */
function storagesText(context: Context, setting: string, value: string, mark: string): string | undefined {
  if (!context.setting("STORAGES").isUnset) return undefined;
  const quote = mark === "'" ? "'" : '"';
  const entries = Object.entries(STORAGES).map(([alias, [old, usual]]) => {
    const other = old === setting || context.setting(old).isUnset ? usual : undefined;
    const backend = old === setting ? value : other === undefined ? undefined : `${quote}${other}${quote}`;
    return backend === undefined ? undefined : `    ${quote}${alias}${quote}: {${quote}BACKEND${quote}: ${backend}},\n`;
  });
  return entries.includes(undefined) ? undefined : `STORAGES = {\n${entries.join("")}}`;
}
