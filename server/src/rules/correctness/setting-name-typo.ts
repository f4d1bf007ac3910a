import { isSettingName } from "../../project/djangoNames";
import { distance } from "fastest-levenshtein";
import { celeryNewName } from "../../django/celeryNames";
import { defaultOf, djangoSettingNames, isDjangoSetting, settingFact } from "../../django/facts";
import { isPackageSetting, KEYS_OF_SETTINGS, packageSettingNames } from "../../django/packageSettings";
import { defineRule, targetOf, type ContextOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { nearest } from "../../lint/similar";
import { findInCode, findSettingRead } from "../../project/codeIndex";
import type { Value } from "../../python/values/value";
import { renameAssignments } from "../questions/assignments/renaming";
import { settingsFiles } from "../questions/assignments/nameStatements";
import { entryAt, entryOf, keySite, knownKeys } from "../questions/dicts/dicts";
import { replaceTextFix } from "../questions/fixes/settingFixes";
import { hasTypeOf } from "../questions/lists/settingTypes";
import doc from "./setting-name-typo.md";

type Context = ContextOf<typeof settingNameTypo>;

/** Wrong names that people use although no letter is mistyped. */
const CONFUSED: ReadonlyMap<string, string> = new Map([
  ["LOGIN_REDIRECT", "LOGIN_REDIRECT_URL"],
  ["LOGOUT_REDIRECT", "LOGOUT_REDIRECT_URL"],
  ["STATIC_DIRS", "STATICFILES_DIRS"],
  ["STATICFILES_DIR", "STATICFILES_DIRS"],
  ["SESSION", "SESSION_ENGINE"],
  ["CSRF_TRUSTED_HOSTS", "CSRF_TRUSTED_ORIGINS"],
  ["TRUSTED_ORIGINS", "CSRF_TRUSTED_ORIGINS"],
  ["CORS_ALLOWED_METHODS", "CORS_ALLOW_METHODS"],
  ["CORS_ALLOWED_HEADERS", "CORS_ALLOW_HEADERS"],
  ["CORS_ALLOWED_CREDENTIALS", "CORS_ALLOW_CREDENTIALS"],
  ["CORS_ALLOWED_ALL_ORIGINS", "CORS_ALLOW_ALL_ORIGINS"],
  ["CORS_ALLOW_ORIGINS", "CORS_ALLOWED_ORIGINS"],
  ["CORS_EXPOSED_HEADERS", "CORS_EXPOSE_HEADERS"],
]);

/** Names for settings of django-storages that it does not read, and the option that code may pass the value on as. */
const CONFUSED_STORAGE: ReadonlyMap<string, readonly [setting: string, option: string]> = new Map([
  ["AWS_S3_REGION", ["AWS_S3_REGION_NAME", "region_name"]],
  ["AWS_S3_BUCKET_NAME", ["AWS_STORAGE_BUCKET_NAME", "bucket_name"]],
  ["AWS_S3_BUCKET", ["AWS_STORAGE_BUCKET_NAME", "bucket_name"]],
  ["AWS_STORAGE_BUCKET", ["AWS_STORAGE_BUCKET_NAME", "bucket_name"]],
  ["AWS_BUCKET_NAME", ["AWS_STORAGE_BUCKET_NAME", "bucket_name"]],
  ["AWS_S3_ENDPOINT", ["AWS_S3_ENDPOINT_URL", "endpoint_url"]],
  ["AWS_S3_DOMAIN", ["AWS_S3_CUSTOM_DOMAIN", "custom_domain"]],
]);

export const settingNameTypo = defineRule({
  id: "setting-name-typo",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  messages: {
    storage: "{setting} is not read by django-storages: it reads {meant}, which keeps its default. Set {meant}, too.",
    again:
      "{setting} is not a setting: nothing reads it, and {meant}, which it resembles, is set, too. Remove one of them.",
    key: '{label} is not a key that is read; did you mean "{meant}"? It is passed over, and {meant} keeps its default. Rename it.',
    near: "{setting} is not a setting; did you mean {meant}? Nothing reads {setting}, so {meant} keeps its default. Rename it.",
  },
  fixes: {
    rename: { safety: "unsafe", title: "Rename {setting} to {meant}" },
    renameKey: { safety: "unsafe", title: 'Rename it to "{meant}"' },
  },
  doc,

  check(context) {
    let names: ReadonlySet<string> | undefined;
    for (const name of context.evaluation.names) {
      if (!isSettingName(name) || isDjangoSetting(name) || isPackageSetting(name)) continue;
      // Without a namespace, Celery reads its old names still.
      if (celeryNewName(name) !== undefined) continue;
      if (CONFUSED_STORAGE.has(name)) checkStorage(context, name);
      if (nearTo(name).length === 0) continue;
      names ??= settingNames(context);
      const proof = assignedProof(context, name);
      const meant = proof && meantBy(context, name, names, proof.value);
      if (proof !== undefined && meant !== undefined && !isRead(context, name)) report(context, proof, meant);
    }
    for (const [name, known] of Object.entries(KEYS_OF_SETTINGS)) checkKeys(context, name, known);
  },
});

/** Keys that are nearly one of those that a package reads, which the dict lacks. */
function checkKeys(context: Context, name: string, known: readonly string[]): void {
  const setting = context.setting(name);
  if (setting.isUnset) return;
  for (const key of new Set(setting.proofs().flatMap(({ value }) => knownKeys(value)))) {
    const meant = nearest(key, known, (one) => (one.length > 12 ? 2 : 1));
    if (meant === undefined || known.includes(key) || !/^\w+$/.test(key)) continue;
    const proof = setting.mustBe((value) => isInPlaceOf(value, key, meant));
    const entry = entryAt(proof?.value, key);
    if (proof === undefined || entry === undefined || isMentioned(context, key)) continue;
    const at = keySite(context, entry);
    const fixes = [replaceTextFix(context, "renameKey", at, meant)];
    context.report({ message: "key", values: { label: `${name}["${key}"]`, meant }, proof, at, fixes });
  }
}

function isInPlaceOf(value: Value, key: string, meant: string): boolean {
  return entryAt(value, key) !== undefined && entryOf(value, meant) === "absent";
}

/** Whether code of the project reads a key by its name. */
function isMentioned({ snapshot, project }: Context, key: string): boolean {
  const pattern = new RegExp(String.raw`\.get\(["']${key}["']|\[["']${key}["']\](?![ \t]*=[^=])`);
  return findInCode(snapshot, project.root, { id: `read of key ${key}`, files: /\.py$/, pattern }) !== undefined;
}

function assignedProof(context: Context, name: string): Proof | undefined {
  return context
    .setting(name)
    .proofs()
    .find(({ origin }) => origin?.kind === "assignment");
}

/** Other settings may be made of it; then django-storages does not get it all the same, unless it is passed on. */
function checkStorage(context: Context, name: string): void {
  const [meant, option] = CONFUSED_STORAGE.get(name) ?? [];
  const proof = context.hasPackage("django-storages") ? assignedProof(context, name) : undefined;
  if (meant === undefined || option === undefined || proof === undefined || !context.setting(meant).isUnset) return;
  const { snapshot, project } = context;
  const isPassed = [...settingsFiles(context)].some((file) => snapshot.text(file)?.includes(option) === true);
  if (isPassed || findSettingRead(snapshot, project.root, name) !== undefined) return;
  context.report({
    message: "storage",
    values: { meant },
    proof,
    at: proof.origin && targetOf(proof.origin),
    severity: "info",
  });
}

/** The settings of the project's Django and of the packages that it uses. */
function settingNames(context: Context): ReadonlySet<string> {
  const ofDjango = djangoSettingNames().filter((name) => isInRelease(context, name));
  return new Set([...ofDjango, ...packageSettingNames(context.hasPackage)]);
}

function isInRelease({ djangoAtLeast }: Context, name: string): boolean {
  const fact = settingFact(name);
  const isTooNew = fact?.since !== undefined && djangoAtLeast(...fact.since) === false;
  return !isTooNew && (fact?.removed === undefined || djangoAtLeast(...fact.removed) === false);
}

/** The one setting with nearly the same name that is not set itself and takes a value of this type. */
function meantBy(context: Context, name: string, names: ReadonlySet<string>, value: Value): string | undefined {
  if (names.has(name)) return undefined;
  const near = nearTo(name).filter((one) => names.has(one));
  // Of several, such as EMAIL_HOST and EMAIL_PORT for EMAIL_POST, the value says which one is missing.
  const free =
    near.length > 1 ? near.filter((one) => context.setting(one).isUnset && takes(context, one, value)) : near;
  const [meant, ...others] = free;
  if (meant === undefined || others.length > 0) return undefined;
  // A name that is set, too, has one for many beside it: `ALLOWED_HOST`. A slip is a slip all the same.
  if (!context.setting(meant).isUnset && !isCertainSlip(name, meant)) return undefined;
  return takes(context, meant, value) ? meant : undefined;
}

function takes({ project }: Context, name: string, value: Value): boolean {
  const isOneFolder = /_(?:DIRS|PATHS)$/.test(name) && (value.kind === "str" || value.kind === "path");
  return isOneFolder || hasTypeOf(value, name, defaultOf(name, project.django?.version));
}

/** A long word has a letter more, less, other or swapped, and is no word itself. */
function isCertainSlip(name: string, meant: string): boolean {
  const words = name.split("_");
  const others = meant.split("_");
  const different = words.filter((word, index) => word !== others[index]);
  return (
    words.length === others.length &&
    different.length === 1 &&
    different.every((word) => word.length > 6 && !others.some((other) => singular(other) === singular(word)))
  );
}

const KNOWN = [...new Set([...djangoSettingNames(), ...packageSettingNames(() => true)])].map((name) => ({
  name,
  joined: name.replaceAll("_", ""),
  words: name.split("_"),
}));

/** What was found for names. A name is compared with some hundred others, and asked for after every edit. */
const NEAR = new Map<string, readonly string[]>();
const MAX_KEPT = 10_000;

/** The settings, of whatever release or package, whose name is nearly this one. */
function nearTo(name: string): readonly string[] {
  let near = NEAR.get(name);
  if (near === undefined) {
    const words = name.split("_");
    const joined = words.join("");
    const confused = CONFUSED.get(name);
    near = KNOWN.filter((one) => one.name === confused || one.joined === joined || isNear(words, one.words)).map(
      (one) => one.name,
    );
    if (NEAR.size >= MAX_KEPT) NEAR.clear();
    NEAR.set(name, near);
  }
  return near;
}

/** One of the words has a slip: a letter more, less, other or swapped; two in long words. */
function isNear(words: readonly string[], others: readonly string[]): boolean {
  return words.length === others.length && words.every((word, index) => isSlip(word, others[index] ?? ""));
}

/** Short words are other words, not slips: AWS_SES_REGION_NAME is no AWS_S3_REGION_NAME. */
function isSlip(word: string, known: string): boolean {
  if (word === known) return true;
  // One for many: APPEND_SLASHES, TEMPLATE.
  if (singular(word) === singular(known)) return true;
  const length = Math.min(word.length, known.length);
  if (length < 4 || Math.abs(word.length - known.length) > 2) return false;
  const edits = distance(word, known);
  const letters = (text: string): string => [...text].toSorted().join("");
  return edits <= (length > 8 ? 2 : 1) || (edits === 2 && letters(word) === letters(known));
}

/** Whether the settings themselves, or the project's code, have a use for the name as it is. */
function isRead(context: Context, name: string): boolean {
  const word = new RegExp(String.raw`\b${name}\b`, "g");
  for (const file of settingsFiles(context)) {
    const text = context.snapshot.text(file) ?? "";
    const assigned = context.evaluation.bindings.filter((one) => one.name === name && one.step.site.file === file);
    // Each binding spells it once; what is more than that reads it, or speaks of it.
    if ((text.match(word)?.length ?? 0) > new Set(assigned.map(({ statement }) => statement.start)).size) return true;
  }
  const { snapshot, project } = context;
  return findSettingRead(snapshot, project.root, name) !== undefined;
}

function report(context: Context, proof: Proof, meant: string): void {
  const isAlone = context.setting(meant).isUnset;
  const isOfType = hasTypeOf(proof.value, meant, defaultOf(meant, context.project.django?.version));
  context.report({
    message: isAlone ? "near" : "again",
    values: { meant },
    proof,
    at: proof.origin && targetOf(proof.origin),
    fixes: [isAlone && isOfType ? renameAssignments(context, "rename", proof.setting, meant) : undefined],
  });
}

function singular(word: string): string {
  return word.replace(/(?<=SH|CH|X|SS)ES$|S$/, "");
}
