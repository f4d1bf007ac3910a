import { settingFact } from "../../django/facts";
import { environmentReads } from "../../lint/environmentReads";
import { defineRule, type ContextOf, type ReportedFix } from "../../lint/rule";
import type { EffectiveSetting, Proof } from "../../lint/setting";
import { findInCode } from "../../project/codeIndex";
import type { ReadVariable } from "../../python/semantics/resolve";
import type { EnvironmentValue, Value } from "../../python/values/value";
import { OWN_KEYS } from "../questions/databases/databaseKeys";
import { describePath, keyOfLeaf, leavesOf, type Leaf } from "../questions/dicts/leaves";
import { mayHappen } from "../questions/environment/booleans";
import { replaceFix } from "../questions/fixes/settingFixes";
import doc from "./env-string-as-int.md";

type Context = ContextOf<typeof envStringAsInt>;

/**
 * Settings that Django compares with numbers or adds to them, which raises TypeError for a string, and where in them the number
 * is. Left out is what works as a string, too: SECURE_HSTS_SECONDS, TIMEOUT of a cache. `site-id-type` knows SITE_ID.
 */
const NUMBERS: ReadonlyMap<string, RegExp> = new Map([
  ...[
    "SESSION_COOKIE_AGE",
    "CSRF_COOKIE_AGE",
    "LANGUAGE_COOKIE_AGE",
    "PASSWORD_RESET_TIMEOUT",
    "DATA_UPLOAD_MAX_MEMORY_SIZE",
    "DATA_UPLOAD_MAX_NUMBER_FIELDS",
    "DATA_UPLOAD_MAX_NUMBER_FILES",
    "FILE_UPLOAD_MAX_MEMORY_SIZE",
    "FILE_UPLOAD_PERMISSIONS",
    "FILE_UPLOAD_DIRECTORY_PERMISSIONS",
    "EMAIL_TIMEOUT",
  ].map((name) => [name, /^$/] as const),
  ["DATABASES", /^[^.]+\.CONN_MAX_AGE$/],
]);

/** Settings whose numbers the libraries behind them take as strings, too: drivers, caches' `int()`, addresses. */
const TAKE_STRINGS = /^(?:DATABASES|CACHES|CHANNEL_LAYERS|LOGGING|MAILERS|Q_CLUSTER)$/;

/** Words of names, and of keys, of what is measured or counted. */
const MEASURE =
  /(?:^|_)(?:AGE|TTL|TIMEOUT|TIME|SECONDS?|SECS|MINUTES?|MINS|HOURS?|DAYS?|WEEKS?|SIZE|LENGTH|LIMIT|MAX|MIN|MAXIMUM|MINIMUM|NUMBER|NUM|COUNT|VALIDITY|INTERVAL|DELAY|PERIOD|RETRIES|ATTEMPTS|EXPIRY|EXPIRATION|LIFETIME|THRESHOLD|BYTES|MB|KB)(?:$|_)/i;

export const envStringAsInt = defineRule({
  id: "env-string-as-int",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    text: "{place} is the raw string of {variable}, but must be a number: Django computes with it, which raises TypeError{condition}. Convert it with int().",
    own: "{place} is the raw string of {variable}, a number by default: where the variable is set, code that computes with it raises TypeError. Convert it with {type}().",
  },
  fixes: { convert: { safety: "safe", title: "Read {variable} as an int" } },
  doc,

  check(context) {
    for (const { proof, leaf, read, message } of context.inEachSetting(textsForNumbers)) {
      if (message === "own" && isConverted(context, proof.setting)) continue;
      const { fallback } = read;
      // With a default that is a number it only fails where the variable is set.
      const isOnlySet = fallback !== undefined && fallback.kind !== "str";
      context.report({
        message,
        values: {
          place: describePath(leaf),
          variable: read.variable,
          condition: isOnlySet ? " as soon as the variable is set" : "",
          type: fallback?.kind === "float" ? "float" : "int",
        },
        proof,
        at: leaf.site,
        severity: isOnlySet ? "warning" : "error",
        fixes: [convert(context, leaf, read)],
      });
    }
  },
});

interface TextForNumber {
  readonly proof: Proof;
  readonly leaf: Leaf;
  readonly read: EnvironmentValue;
  readonly message: "text" | "own";
}

function textsForNumbers(setting: EffectiveSetting): readonly TextForNumber[] {
  const { name } = setting;
  return setting.proofs().flatMap((proof) =>
    leavesOf(name, proof.outcome.value).flatMap((leaf): readonly TextForNumber[] => {
      const read = rawRead(leaf.value);
      // `if X is not None: X = int(X)` leaves the read only where there is no text.
      if (read === undefined || !mayHappen(proof.outcome, isSet(read))) return [];
      if (NUMBERS.get(name)?.test(leaf.path.slice(1).join(".")) === true)
        return [{ proof, leaf, read, message: "text" }];
      return isOwnNumber(leaf, read) ? [{ proof, leaf, read, message: "own" }] : [];
    }),
  );
}

function isSet({ variable }: EnvironmentValue): ReadVariable {
  return (name) => (name === variable ? { set: true, text: "1" } : undefined);
}

/** The read whose text a value is, also where a function of the project gives a default in its place. */
function rawRead(value: Value): EnvironmentValue | undefined {
  if (value.kind === "environment") return value.cast === "str" ? value : undefined;
  if (value.kind !== "choice" || value.yes.kind !== "environment" || value.yes.cast !== "str") return undefined;
  const [read] = environmentReads(value.test.value);
  if (read !== undefined && read.variable !== value.yes.variable) return undefined;
  return { ...value.yes, fallback: value.no };
}

/** A number by default that Django knows nothing of: the project computes with it, or a package does. */
function isOwnNumber(leaf: Leaf, { fallback }: EnvironmentValue): boolean {
  const [name = ""] = leaf.path;
  // `database-option-misplaced` tells of a key that is no setting.
  if (OWN_KEYS.includes(name)) return false;
  if (fallback?.kind !== "int" && fallback?.kind !== "float") return false;
  if (settingFact(name) !== undefined ? name !== "STORAGES" : TAKE_STRINGS.test(name)) return false;
  return MEASURE.test(leaf.path.length === 1 ? name : keyOfLeaf(leaf));
}

/** Whether code converts the setting where it uses it, or only prints it. Errs towards no. */
function isConverted({ snapshot, project }: Context, name: string): boolean {
  const pattern = new RegExp(String.raw`(?:\b(?:int|float|str|Decimal)\(\s*|\{)(?:settings\.)?${name}\b`);
  return findInCode(snapshot, project.root, { id: `conversion of ${name}`, files: /\.py$/, pattern }) !== undefined;
}

/** Not where int() would raise for the default, and not where another variable is read in place of a missing one. */
function convert(context: Context, { site, value }: Leaf, read: EnvironmentValue): ReportedFix<"convert"> | undefined {
  const { fallback, variable } = read;
  const isWritten =
    value.kind === "environment" &&
    context.source(read.site.file) !== undefined &&
    (site === undefined || site.file === read.site.file);
  if (!isWritten || (fallback !== undefined && environmentReads(fallback).length > 0)) return undefined;
  const written = fallback === undefined ? undefined : numberOf(fallback);
  if (fallback !== undefined && written === undefined) return undefined;
  return replaceFix("convert", read.site, (edit, file) => edit.readEnvironment(file, variable, "int", written));
}

function numberOf(fallback: Value): string | undefined {
  if (fallback.kind === "int") return String(fallback.value);
  return fallback.kind === "str" && /^\d{1,15}$/.test(fallback.value) ? String(Number(fallback.value)) : undefined;
}
