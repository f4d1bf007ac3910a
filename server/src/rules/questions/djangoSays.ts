import { isEntryOfApp } from "../../django/apps";
import { djangoChecks } from "../../django/checks";
import { runChecks, type CheckedSettings } from "../../django/checks/check";
import { isSubclassByName } from "../../django/classes";
import { newestRelease, type Release } from "../../django/facts";
import type { RuleContext } from "../../lint/rule";
import { findInCode } from "../../project/usage";
import { unknown, type Guard, type Outcome, type Value } from "../../python/value";
import { kindsOf } from "./classKinds";
import { boundNames } from "./statements";
import { tagModulesOf } from "./tagModules";

type Context = RuleContext<never, never>;

/** Conditions are told apart up to this many; more of them leave the question open. */
const MAX_TESTS = 4;

/** The releases that are asked where the project's own is not known: the oldest that Django still mends, and the newest. */
const OLDEST: Release = [4, 2];

/**
 * Whether Django would certainly report a check whatever happens, judged by the settings named. Values that depend on the
 * environment, and conditions beyond a few, make it uncertain.
 */
export function reportsAlways(context: Context, id: string, names: readonly string[]): boolean {
  const worlds = worldsOf(context, names);
  const checks = djangoChecks.filter((check) => check.id === id);
  return (
    worlds.length > 0 &&
    worlds.every((world) =>
      releasesOf(context).every((django) => runChecks(checks, at(world, django)).reported.includes(id)),
    )
  );
}

/**
 * What a finding gives as Django's check: the id, unless Django certainly does not report it in some world that the settings
 * named can make.
 */
export function checkUnlessDenied(context: Context, id: string, names: readonly string[]): string {
  const checks = djangoChecks.filter((check) => check.id === id);
  const isDenied = worldsOf(context, names).some((world) =>
    releasesOf(context).some((django) => {
      const { reported, open } = runChecks(checks, at(world, django));
      return reported.length === 0 && open.length === 0;
    }),
  );
  return isDenied ? "none" : id;
}

/** Whether a predicate holds of the settings named in each world and release. */
export function holdsAlways(
  context: Context,
  names: readonly string[],
  holds: (settings: CheckedSettings) => boolean | undefined,
): boolean {
  const answers = inEachWorld(context, names, holds);
  return answers.length > 0 && answers.every((answer) => answer === true);
}

/** What is asked of the settings named, in each world and release. */
export function inEachWorld<T>(
  context: Context,
  names: readonly string[],
  ask: (settings: CheckedSettings) => T,
): readonly T[] {
  return worldsOf(context, names).flatMap((world) => releasesOf(context).map((django) => ask(at(world, django))));
}

/** The release that the project uses, else those between which it may be. */
function releasesOf(context: Context): readonly Release[] {
  const version = context.project.django?.version;
  return version === undefined ? [OLDEST, newestRelease] : [version];
}

function at(settings: CheckedSettings, django: Release): CheckedSettings {
  return { ...settings, django };
}

/** The settings in each combination of the conditions on which those named depend; none where there are too many. */
function worldsOf(context: Context, names: readonly string[]): readonly CheckedSettings[] {
  const outcomes = new Map(names.map((name) => [name, context.setting(name).outcomes]));
  const tests = new Set([...outcomes.values()].flat().flatMap(({ guard }) => guard.map(({ test }) => test.id)));
  if (tests.size > MAX_TESTS) return [];
  const ids = [...tests];
  return Array.from({ length: 2 ** ids.length }, (_, bits) => {
    const holds = new Map(ids.map((id, index) => [id, ((bits >> index) & 1) === 1]));
    const fits = (guard: Guard): boolean => guard.every((one) => holds.get(one.test.id) === one.holds);
    return outcomes.size === 0 ? undefined : settingsIn(context, outcomes, fits);
  }).filter((world) => world !== undefined);
}

/** `undefined` for a combination that cannot happen, because a setting has no outcome in it. */
function settingsIn(
  context: Context,
  outcomes: ReadonlyMap<string, readonly Outcome[]>,
  fits: (guard: Guard) => boolean,
): CheckedSettings | undefined {
  const values = new Map<string, Value>();
  for (const [name, all] of outcomes) {
    const fitting = all.filter(({ guard }) => fits(guard));
    const only = fitting[0];
    if (only === undefined) return undefined;
    values.set(
      name,
      fitting.length > 1 ? unknown("unsupported", "several outcomes") : withDefault(context, name, only),
    );
  }
  const value = (name: string): Value => values.get(name) ?? unknown("unsupported", `${name} was not asked for`);
  return {
    django: newestRelease,
    value,
    isOverridden: (name) => outcomes.get(name)?.every((outcome) => outcome.value.kind !== "unset"),
    installs: (app) => installs(context, value("INSTALLED_APPS"), app),
    isFolder: () => undefined,
    canImport: (dotted) => canImport(context, dotted),
    isSubclass: (dotted, base) => isSubclass(context, dotted, base),
    tagModules: (entry) => tagModulesOf(context, entry),
    mentions: (text) => mentions(context, text),
    view: () => ({ kind: "unknown" }),
    variable: (name) => unknown("environment", name),
  };
}

function withDefault(context: Context, name: string, { value }: Outcome): Value {
  if (value.kind !== "unset") return value;
  return context.setting(name).mustBe((one) => one.kind !== "unset")?.value ?? value;
}

/** Known of modules of the workspace only; what a star import brings is not looked for. */
function canImport(context: Context, dotted: string): boolean | undefined {
  const host = context.snapshot.host(context.project.importRoots);
  const at = dotted.lastIndexOf(".");
  const found = host.resolveModule(dotted.slice(0, Math.max(at, 0)), context.module.file);
  const parsed = found.kind === "file" ? host.parse(found.path) : undefined;
  if (parsed?.ok !== true) return undefined;
  const name = dotted.slice(at + 1);
  const isBound = parsed.module.body.some((one) =>
    one.kind === "ClassDef" || one.kind === "FunctionDef" ? one.name === name : boundNames(one).includes(name),
  );
  return isBound ? true : undefined;
}

/**
 * Whether an app is installed. An entry that is a class, or looks like a replacement (`shop.apps.ShopAdminConfig`,
 * `unfold.admin`), may install it under another name.
 */
function installs(context: Context, apps: Value, app: string): boolean | undefined {
  if (apps.kind !== "list" && apps.kind !== "tuple") return undefined;
  const last = app.slice(app.lastIndexOf(".") + 1);
  const answers = apps.items.map(({ value, spread }) => {
    if (spread || value.kind !== "str") return undefined;
    if (isEntryOfApp(value.value, app)) return true;
    if (value.value.startsWith("django.")) return false;
    const isConfig = /\.[A-Z]\w*$/.test(value.value);
    if (!isConfig) return false;
    const kinds = kindsOf(context, value.value);
    if (kinds?.some(({ path }) => isEntryOfApp(path, app)) === true) return true;
    return kinds === undefined || value.value.toLowerCase().includes(last) ? undefined : false;
  });
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

/** Names of classes of packages that may well derive from Django's authentication, session or message middleware. */
const LIKELY = /auth|account|login|user|sso|saml|oidc|\bcas|session|message|jwt|token/i;

function isSubclass(context: Context, dotted: string, base: string): boolean | undefined {
  const kinds = kindsOf(context, dotted);
  const answers = kinds?.map(({ path }) => {
    const known = isSubclassByName(path, base);
    if (known !== undefined || isWorkspace(context, path)) return known ?? false;
    return base.endsWith("Middleware") && !LIKELY.test(path) ? false : undefined;
  });
  if (answers === undefined || answers.includes(true)) return answers === undefined ? undefined : true;
  return answers.includes(undefined) ? undefined : false;
}

function isWorkspace(context: Context, dotted: string): boolean {
  if (dotted === "builtins.object") return true;
  const host = context.snapshot.host(context.project.importRoots);
  return host.resolveModule(dotted.split(".")[0] ?? dotted, context.module.file).kind !== "external";
}

function mentions({ snapshot, project }: Context, text: string): boolean {
  const pattern = new RegExp(text.replaceAll(".", "\\."));
  return findInCode(snapshot, project.root, { id: `mention of ${text}`, files: /\.py$/, pattern }) !== undefined;
}
