import { celeryNewName, isNewCeleryName } from "../../django/celeryNames";
import { listed, placeLabel } from "../../lint/phrases";
import { defineRule, type ContextOf } from "../../lint/rule";
import { findSettingRead } from "../../project/codeIndex";
import type { Site } from "../../python/values/value";
import { provenanceOf } from "../questions/assignments/assigned";
import { renameAssignments } from "../questions/assignments/renaming";
import { celeryConfiguration, settinglessCelery } from "../questions/apps/celery";
import doc from "./celery-setting-ignored.md";

type Context = ContextOf<typeof celerySettingIgnored>;

export const celerySettingIgnored = defineRule({
  id: "celery-setting-ignored",
  category: "third-party",
  severity: "warning",
  audience: "entry",
  messages: {
    old: '{setting} is not read: {file} configures Celery with namespace="CELERY", and the name there is {name}. Rename it.',
    unconfigured:
      '{setting} is not read: {file} makes a Celery app without configuration, so it connects to localhost, unless the variable of that name is set. Call config_from_object("django.conf:settings", namespace="CELERY").',
    own: '{settings} {are} not read: {file} configures Celery itself and takes nothing from the settings. Call config_from_object("django.conf:settings", namespace="CELERY") there, or delete them.',
    namespace:
      '{setting} is not read: {file} configures Celery without a namespace, which takes the names of Celery 3 only. Pass namespace="CELERY" to config_from_object.',
  },
  fixes: { rename: { safety: "unsafe", title: "Rename it to {name}" } },
  doc,

  check(context) {
    const names = context.evaluation.names;
    const old = names.filter((name) => celeryNewName(name) !== undefined);
    const prefixed = names.filter(isNewCeleryName);
    if (old.length === 0 && prefixed.length === 0) return;
    const configuration = celeryConfiguration(context);
    if (configuration === undefined) return reportSettingless(context, prefixed);
    if (configuration.kind === "celery") for (const name of old) reportOld(context, name, configuration.site);
    else for (const name of prefixed) reportPrefixed(context, name, configuration.site);
  },
});

function reportSettingless(context: Context, prefixed: readonly string[]): void {
  const celery = settinglessCelery(context);
  if (celery?.kind === "unconfigured") reportUnconfigured(context, celery.site);
  if (celery?.kind === "own") reportOwn(context, prefixed, celery.site);
}

/** The broker's address alone: who has set it means Celery to read the settings. */
function reportUnconfigured(context: Context, site: Site): void {
  const setting = "CELERY_BROKER_URL";
  if (context.setting(setting).isUnset || isUsed(context, setting)) return;
  const proof = provenanceOf(context, setting);
  if (proof?.origin === undefined) return;
  const file = placeLabel(context, site);
  context.report({ message: "unconfigured", values: { file }, proof, chain: [{ site, text: "makes the Celery app" }] });
}

/** All of them are one mistake: the app reads none. */
function reportOwn(context: Context, prefixed: readonly string[], site: Site): void {
  const unread = prefixed.filter((name) => !isUsed(context, name, /^CELERY_/));
  const [first] = unread;
  const proof = first === undefined ? undefined : provenanceOf(context, first);
  if (proof?.origin === undefined) return;
  context.report({
    message: "own",
    values: { settings: named(unread), are: unread.length === 1 ? "is" : "are", file: placeLabel(context, site) },
    proof,
    chain: [{ site, text: "makes the Celery app" }],
  });
}

/** There may be a dozen, and the message has to go on. */
function named(settings: readonly string[]): string {
  return settings.length > 2 ? `${settings[0] ?? ""} and ${settings.length - 1} more` : listed(settings);
}

function reportOld(context: Context, setting: string, site: Site): void {
  const name = `CELERY_${(celeryNewName(setting) ?? "").toUpperCase()}`;
  // A project that sets both has moved on, or serves two programs.
  if (!context.setting(name).isUnset || isUsed(context, setting)) return;
  const proof = provenanceOf(context, setting);
  if (proof?.origin === undefined) return;
  context.report({
    message: "old",
    values: { name, file: placeLabel(context, site) },
    proof,
    chain: [{ site, text: "configures Celery" }],
    fixes: [renameAssignments(context, "rename", setting, name)],
  });
}

function reportPrefixed(context: Context, setting: string, site: Site): void {
  // Another name with this prefix hands nothing on under the name that Celery reads: CELERY_RESULT_BACKEND = CELERY_BROKER_URL.
  const proof = isUsed(context, setting, /^CELERY_/) ? undefined : provenanceOf(context, setting);
  if (proof?.origin === undefined) return;
  context.report({
    message: "namespace",
    values: { file: placeLabel(context, site) },
    proof,
    chain: [{ site, text: "configures Celery" }],
  });
}

/** Code of the project, or another setting, may hand the value to Celery in its own way; not those whose names are like `except`. */
function isUsed({ evaluation, snapshot, project }: Context, name: string, except?: RegExp): boolean {
  const others = evaluation.bindings.filter((one) => one.name !== name && except?.test(one.name) !== true);
  return (
    others.some((one) => one.reads.some((read) => read.name === name)) ||
    findSettingRead(snapshot, project.root, name) !== undefined
  );
}
