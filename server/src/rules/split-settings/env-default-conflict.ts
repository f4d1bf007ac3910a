import { environmentReads } from "../../lint/environmentReads";
import { placeLabel } from "../../lint/phrases";
import { defineRule } from "../../lint/rule";
import { isSecretName } from "../../django/secrets";
import type { EnvironmentValue, Value } from "../../python/values/value";
import doc from "./env-default-conflict.md";

interface SettingRead {
  readonly setting: string;
  readonly read: EnvironmentValue;
}

export const envDefaultConflict = defineRule({
  id: "env-default-conflict",
  category: "split-settings",
  severity: "info",
  audience: "entry",
  messages: {
    conflict:
      "{setting} and {other} read {variable} with different defaults: without the variable, one is {here} and the other is {there}. Read it once, and use the value twice.",
  },
  doc,

  check(context) {
    const reads = context.inEachSetting<SettingRead>(({ name, outcomes }) => {
      const [outcome] = outcomes;
      if (outcomes.length !== 1 || outcome === undefined) return [];
      return environmentReads(outcome.value).map((read) => ({ setting: name, read }));
    });
    const first = new Map<string, SettingRead>();
    const told = new Set<string>();
    for (const one of reads) {
      const { variable } = one.read;
      const before = first.get(variable);
      if (before === undefined) first.set(variable, one);
      const [here, there] = [defaultOf(one.read), before && defaultOf(before.read)];
      if (before === undefined || here === undefined || there === undefined || here === there) continue;
      if (before.setting === one.setting || before.read.cast !== one.read.cast || told.has(variable)) continue;
      told.add(variable);
      context.report({
        message: "conflict",
        values: { variable, here, there, other: before.setting },
        at: one.read.site,
        setting: one.setting,
        chain: [{ site: before.read.site, text: `${placeLabel(context, before.read.site)} has another default.` }],
      });
    }
  },
});

/** A default as it is written; `undefined` for one that is not known, that is empty, and that may be a secret or hold one. */
function defaultOf({ variable, fallback }: EnvironmentValue): string | undefined {
  if (fallback === undefined || isSecretName(variable)) return undefined;
  return written(fallback);
}

/** Whether a text has the shape of a URL with a user in it. */
function mayHoldPassword(text: string): boolean {
  const scheme = text.indexOf("://");
  return scheme >= 0 && text.includes("@", scheme);
}

function written(value: Value): string | undefined {
  if (value.kind === "str") return value.value === "" || mayHoldPassword(value.value) ? undefined : `"${value.value}"`;
  if (value.kind === "int") return String(value.value);
  return value.kind === "bool" ? (value.value ? "True" : "False") : undefined;
}
