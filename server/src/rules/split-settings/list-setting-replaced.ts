import { listed, placeLabel } from "../../lint/phrases";
import { defineRule, siteOf, targetOf, type ContextOf, type FixOf } from "../../lint/rule";
import type { Binding } from "../../python/program/evaluation";
import type { Value } from "../../python/values/value";
import { bindingOf } from "../questions/assignments/bindings";
import { DEVELOPMENT_APPS } from "../questions/apps/developmentApps";
import { textOf, valueAt } from "../questions/dicts/dicts";
import doc from "./list-setting-replaced.md";

type Context = ContextOf<typeof listSettingReplaced>;

const SETTINGS = ["MIDDLEWARE", "AUTHENTICATION_BACKENDS", "AUTH_PASSWORD_VALIDATORS", "PASSWORD_HASHERS"] as const;

/** Without these, the rules about them say so wherever they are missing. */
const REPORTED_ELSEWHERE: ReadonlySet<string> = new Set([
  "django.middleware.csrf.CsrfViewMiddleware",
  "django.middleware.security.SecurityMiddleware",
  "django.middleware.clickjacking.XFrameOptionsMiddleware",
]);

/** Words of what protects something. */
const PROTECTS =
  /auth|login|axes|defender|lockout|ratelimit|throttle|csp|permission|otp|2fa|mfa|audit|session|referrer|validat/i;

export const listSettingReplaced = defineRule({
  id: "list-setting-replaced",
  category: "split-settings",
  severity: "info",
  audience: "production",
  messages: {
    lost: "This {setting} replaces the one from {place} as a whole: {items} {verb} gone in {module}. Extend the old list, or repeat what is still wanted.",
  },
  fixes: { repeat: { safety: "unsafe", title: "Repeat {items}" } },
  doc,

  check(context) {
    for (const setting of SETTINGS) {
      const { outcomes } = context.setting(setting);
      const [outcome] = outcomes;
      const binding =
        outcomes.length === 1 && outcome !== undefined ? bindingOf(context.evaluation, outcome) : undefined;
      if (binding !== undefined && outcome !== undefined) checkBinding(context, setting, binding, outcome.value);
    }
  },
});

function checkBinding(context: Context, setting: string, binding: Binding, final: Value): void {
  const { bindings } = context.evaluation;
  const before = bindings.slice(0, bindings.indexOf(binding)).findLast((one) => one.name === setting);
  const { expression, step } = binding;
  if (before === undefined || before.step.site.file === step.site.file) return;
  // A list that is empty is meant to be, and other rules judge it.
  if ((expression?.kind !== "List" && expression?.kind !== "Tuple") || expression.elts.length === 0) return;
  const [old, kept] = [namesIn(before.value), namesIn(final)];
  const lost = kept && old?.filter((name) => !kept.includes(name) && !isExpected(name));
  if (lost === undefined || lost.length === 0 || old === undefined) return;
  const place = targetOf(before.step);
  context.report({
    message: "lost",
    values: {
      place: placeLabel(context, place),
      items: listed(lost.map((name) => name.slice(name.lastIndexOf(".") + 1))),
      verb: lost.length === 1 ? "is" : "are",
    },
    at: siteOf(step.site.file, step.target),
    setting,
    severity: lost.some((name) => PROTECTS.test(name)) ? "warning" : "info",
    chain: [{ site: place, text: `${setting} is set here first, in ${before.step.module}.` }],
    fixes: [repeat(context, binding, { old, lost })],
  });
}

function isExpected(name: string): boolean {
  return (
    REPORTED_ELSEWHERE.has(name) || DEVELOPMENT_APPS.some((app) => name.startsWith(`${app}.`)) || /debug/i.test(name)
  );
}

/** What a list holds: dotted paths, also those in the NAME of dicts; `undefined` where one of them is not known. */
function namesIn(value: Value): readonly string[] | undefined {
  if (value.kind !== "list" && value.kind !== "tuple") return undefined;
  const names = value.items.map((item) =>
    item.spread ? undefined : (textOf(item.value) ?? textOf(valueAt(item.value, "NAME"))),
  );
  return names.includes(undefined) ? undefined : names.flatMap((name) => name ?? []);
}

/** Adds what is lost before the first item that stood behind it; only to a list of plain strings. */
function repeat(
  { source }: Context,
  { expression, step }: Binding,
  { old, lost }: { readonly old: readonly string[]; readonly lost: readonly string[] },
): FixOf<typeof listSettingReplaced> | undefined {
  const { file } = step.site;
  if ((expression?.kind !== "List" && expression?.kind !== "Tuple") || source(file) === undefined) return undefined;
  const written = expression.elts.map((one) => (one.kind === "Str" ? one.value : undefined));
  if (written.includes(undefined)) return undefined;
  return {
    id: "repeat",
    edit: (edit) => {
      for (const name of lost) {
        const behind = old.slice(old.indexOf(name) + 1).find((one) => written.includes(one));
        const index = behind === undefined ? written.length : written.indexOf(behind);
        edit.insertElement(file, expression, index, edit.quote(file, name));
      }
    },
  };
}
