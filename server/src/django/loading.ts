import { truthOf } from "../python/semantics/operators";
import type { Value } from "../python/values/value";
import type { CheckedSettings } from "./checks/check";
import { compareReleases } from "./facts";
import type { Release } from "./release";
import { isTimeZone, timeZoneNames } from "./timeZones";

/** The exception with which Django refuses to load settings. */
export interface Refusal {
  readonly exception: "ImproperlyConfigured" | "ValueError";
  readonly message: string;
}

/**
 * What `django.conf.Settings` raises when it is made from a module in one environment (django/conf/__init__.py of each
 * release, read by their wheels): nothing is checked then. `null`: nothing; `undefined`: that is not known.
 */
export function refusalOf(settings: CheckedSettings): Refusal | null | undefined {
  for (const step of [wrongSequence, emptyKey, bothTimeouts, wrongZone, bothStorages]) {
    const refusal = step(settings);
    if (refusal !== null) return refusal;
  }
  return null;
}

type Answer = Refusal | null | undefined;

function improper(message: string): Refusal {
  return { exception: "ImproperlyConfigured", message };
}

/** In the order in which `dir()` gives them. */
const SEQUENCES: readonly (readonly [name: string, since: Release, until?: Release])[] = [
  ["ALLOWED_HOSTS", [4, 0]],
  ["ALLOWED_INCLUDE_ROOTS", [1, 8], [1, 9]],
  ["INSTALLED_APPS", [1, 8]],
  ["LOCALE_PATHS", [1, 8]],
  ["SECRET_KEY_FALLBACKS", [4, 1]],
  ["TEMPLATE_DIRS", [1, 8]],
];

function wrongSequence(settings: CheckedSettings): Answer {
  const { django } = settings;
  for (const [name, since, until] of SEQUENCES) {
    if (!isWithin(django, since, until)) continue;
    const isOverridden = settings.isOverridden(name);
    if (isOverridden === false) continue;
    const isWrong = isWrongSequence(settings.value(name), django);
    if (isWrong === false) continue;
    return isWrong && isOverridden === true ? improper(sequenceMessage(name, django)) : undefined;
  }
  return null;
}

/** Django 1.8 refuses strings only. */
function isWrongSequence(value: Value, django: Release): boolean | undefined {
  switch (value.kind) {
    case "list":
    case "tuple":
      return false;
    case "str":
      return true;
    case "none":
    case "bool":
    case "int":
    case "float":
    case "bytes":
    case "path":
    case "dict":
    case "set":
    case "frozenset":
      return compareReleases(django, [1, 9]) >= 0;
    default:
      return undefined;
  }
}

function sequenceMessage(name: string, django: Release): string {
  if (isWithin(django, [1, 8], [1, 8])) return `The ${name} setting must be a tuple. Please fix your settings.`;
  if (isWithin(django, [1, 9], [1, 9]))
    return `The ${name} setting must be a list or a tuple. Please fix your settings.`;
  // Up to Django 3.2 the message ends with a blank.
  return `The ${name} setting must be a list or a tuple.${compareReleases(django, [4, 0]) < 0 ? " " : ""}`;
}

/** Since Django 3.2 an empty key is refused where it is first asked for. */
function emptyKey(settings: CheckedSettings): Answer {
  if (!isWithin(settings.django, [1, 8], [3, 1])) return null;
  const truth = truthOf(settings.value("SECRET_KEY"));
  if (truth === undefined) return undefined;
  return truth ? null : improper("The SECRET_KEY setting must not be empty.");
}

function bothTimeouts(settings: CheckedSettings): Answer {
  if (!isWithin(settings.django, [3, 1], [3, 2])) return null;
  return exclusive(settings, "PASSWORD_RESET_TIMEOUT_DAYS", "PASSWORD_RESET_TIMEOUT");
}

function bothStorages(settings: CheckedSettings): Answer {
  if (!isWithin(settings.django, [4, 2], [5, 0])) return null;
  const answer = exclusive(settings, "DEFAULT_FILE_STORAGE", "STORAGES");
  return answer === null ? exclusive(settings, "STATICFILES_STORAGE", "STORAGES") : answer;
}

function exclusive(settings: CheckedSettings, old: string, name: string): Answer {
  const [first, second] = [settings.isOverridden(old), settings.isOverridden(name)];
  if (first === false || second === false) return null;
  return first === true && second === true ? improper(`${old}/${name} are mutually exclusive.`) : undefined;
}

/**
 * Asked of the operating system, so that the answer is as on a machine that has time zones where Django looks for them. A
 * folder of theirs (`Europe`) is accepted here, and fails later.
 */
function wrongZone(settings: CheckedSettings): Answer {
  const value = settings.value("TIME_ZONE");
  if (truthOf(value) === false) return null;
  if (value.kind !== "str") return undefined;
  const name = value.value;
  const exists = isTimeZone(name) || timeZoneNames().some((each) => each.startsWith(`${name}/`));
  return exists ? null : { exception: "ValueError", message: `Incorrect timezone setting: ${name}` };
}

function isWithin(django: Release, since: Release, until?: Release): boolean {
  return compareReleases(django, since) >= 0 && (until === undefined || compareReleases(django, until) <= 0);
}
