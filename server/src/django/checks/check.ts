import { equals, truthOf } from "../../python/semantics/operators";
import { str, type Value } from "../../python/values/value";
import type { FoundView } from "../dottedPaths";
import { compareReleases } from "../facts";
import type { Release } from "../release";

/**
 * The settings of one module in one environment as Django itself would see them: every read of the environment is
 * resolved, and an unset setting has the release's default.
 */
export interface CheckedSettings {
  readonly django: Release;
  /** `unset` where neither the module nor Django has the name; `unknown` (anywhere inside) for what is not known. */
  readonly value: (name: string) => Value;
  /** Whether the module itself has the name, as `settings.is_overridden()`; `undefined` when not known. */
  readonly isOverridden: (name: string) => boolean | undefined;
  /** Whether an app is installed, by its module or by its configuration class; `undefined` when not known. */
  readonly installs: (app: string) => boolean | undefined;
  /** Whether a folder is there, by absolute path; `undefined` when not known (outside of the workspace). */
  readonly isFolder: (path: string) => boolean | undefined;
  /** Whether `django.utils.module_loading.import_string` finds it; `undefined` when not known (outside of the workspace). */
  readonly canImport: (dotted: string) => boolean | undefined;
  /**
   * Whether `import_string` finds a class that is, or derives from, the class of the second path; `false` also where it
   * finds none. `undefined` when not known: outside of the workspace, but for what `isSubclassByName` knows.
   */
  readonly isSubclass: (dotted: string, base: string) => boolean | undefined;
  /**
   * The dotted names of the modules with a `register` in the `templatetags` of the app that an INSTALLED_APPS entry names;
   * `undefined` when not known (outside of the workspace, and not Django's own).
   */
  readonly tagModules: (entry: string) => readonly string[] | undefined;
  /** Whether the project's own Python code has a text anywhere; `undefined` when not known. */
  readonly mentions: (text: string) => boolean | undefined;
  /** What `django.urls.get_callable` makes of a dotted path: `findView`. */
  readonly view: (dotted: string) => FoundView;
  /** A variable of the environment as the settings leave it: a text, `unset`, or unknown. */
  readonly variable: (name: string) => Value;
}

/** One id of Django's system checks, as far as it depends on settings (docs/ref/checks). */
export interface DjangoCheck {
  /** With its app: `security.W004`. */
  readonly id: string;
  /** Releases that have it, inclusive. */
  readonly since?: Release;
  readonly until?: Release;
  /** Only run with `check --deploy`. */
  readonly isDeployOnly: boolean;
  /** The contrib app that registers it: without it in INSTALLED_APPS nothing is checked. */
  readonly app?: string;
  /** Whether Django reports it at least once; `undefined` when the settings are not known well enough. */
  readonly reports: (settings: CheckedSettings) => boolean | undefined;
}

/** What `manage.py check --deploy` reports about a module's settings. */
export interface CheckReport {
  /** Sorted ids, each once. `SILENCED_SYSTEM_CHECKS` is not looked at. */
  readonly reported: readonly string[];
  /** Ids of which it is not known whether they are reported. */
  readonly open: readonly string[];
}

/** Runs checks on one module's settings in one environment. */
export function runChecks(checks: readonly DjangoCheck[], settings: CheckedSettings): CheckReport {
  const answers = checks
    .filter(({ since, until }) => {
      const isTooOld = since !== undefined && compareReleases(settings.django, since) < 0;
      return !isTooOld && (until === undefined || compareReleases(settings.django, until) <= 0);
    })
    .map((check) => ({ id: check.id, answer: ask(check, settings) }));
  const ids = (wanted: boolean | undefined): readonly string[] =>
    [...new Set(answers.filter(({ answer }) => answer === wanted).map(({ id }) => id))].toSorted();
  return { reported: ids(true), open: ids(undefined) };
}

function ask(check: DjangoCheck, settings: CheckedSettings): boolean | undefined {
  const isRegistered = check.app === undefined ? true : settings.installs(check.app);
  return both(isRegistered, () => check.reports(settings));
}

/** Python's `and` of two answers of which either may not be known. */
export function both(a: boolean | undefined, b: () => boolean | undefined): boolean | undefined {
  if (a === false) return false;
  const second = b();
  return a === true ? second : second === false ? false : undefined;
}

/** Python's `or` of two answers of which either may not be known. */
export function either(a: boolean | undefined, b: () => boolean | undefined): boolean | undefined {
  return not(both(not(a), () => not(b())));
}

/** Python's `not` of an answer that may not be known. */
export function not(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}

/** Whether a setting is true, as Python's `if` has it. */
export function isTrue(settings: CheckedSettings, name: string): boolean | undefined {
  const value = settings.value(name);
  return value.kind === "unset" ? undefined : truthOf(value);
}

/** Whether a list or tuple has an item that equals a text. */
export function lists(value: Value, text: string): boolean | undefined {
  if (value.kind !== "list" && value.kind !== "tuple") return undefined;
  const answers = value.items.map((item) => (item.spread ? undefined : equals(item.value, str(text))));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

const PLAIN_BUT_NO_TEXT = /^(none|bool|int|float|bytes|path|list|tuple|set|frozenset|dict)$/;

/** Whether a value is a text; `undefined` also for objects, whose class may derive from `str`. */
export function isText(value: Value): boolean | undefined {
  if (value.kind === "str") return true;
  return PLAIN_BUT_NO_TEXT.test(value.kind) ? false : undefined;
}
