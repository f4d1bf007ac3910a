import { isSettingName } from "../../project/djangoNames";
import { settingFact } from "../../django/facts";
import { isPackageSetting } from "../../django/packageSettings";
import { defineRule, type ContextOf } from "../../lint/rule";
import type { EffectiveSetting, Proof } from "../../lint/setting";
import { findInCode } from "../../project/codeIndex";
import type { Value } from "../../python/values/value";
import { assignedBy } from "../questions/assignments/assigned";
import { keySite } from "../questions/dicts/dicts";
import { replaceFix } from "../questions/fixes/settingFixes";
import doc from "./scalar-setting-is-tuple.md";

type Context = ContextOf<typeof scalarSettingIsTuple>;

/** Keys of packages' settings that take one value (rest_framework/settings.py, rest_framework_simplejwt/settings.py). */
const KEYS: ReadonlyMap<string, RegExp> = new Map([
  [
    "REST_FRAMEWORK",
    /^(?:DEFAULT_(?:PAGINATION|SCHEMA|VERSIONING|CONTENT_NEGOTIATION|METADATA)_CLASS|EXCEPTION_HANDLER|PAGE_SIZE)$/,
  ],
  [
    "SIMPLE_JWT",
    /^(?:ALGORITHM|SIGNING_KEY|VERIFYING_KEY|USER_ID_(?:FIELD|CLAIM)|USER_AUTHENTICATION_RULE|TOKEN_TYPE_CLAIM|TOKEN_USER_CLASS|JTI_CLAIM|\w+_SERIALIZER|AUTH_HEADER_NAME|\w+_LIFETIME)$/,
  ],
]);

/** Names of the project's own that say that there is one value, a text or a number; sources of django-csp are lists. */
const ONE_VALUE =
  /^(?!CSP_)\w+_(?:URL|URI|HOST|PORT|KEY|TOKEN|SECRET|PASSWORD|NAME|DOMAIN|EMAIL|PATH|DIR|ROOT|BUCKET|REGION|PREFIX|VERSION|USER|USERNAME|ENDPOINT|SERVER|TIMEOUT|ID|DSN)$/;

export const scalarSettingIsTuple = defineRule({
  id: "scalar-setting-is-tuple",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    tuple:
      "{setting} is a tuple with one item: the cause is the comma at the end of the line{consequence}. Remove the comma.",
    key: '{setting}["{key}"] is a tuple with one item: it takes one value, and the cause is the comma in the parentheses. Remove the comma.',
  },
  fixes: { removeComma: { safety: "safe", title: "Remove the comma" } },
  doc,

  check(context) {
    for (const proof of context.inEachSetting(singleTuples)) {
      const { setting } = proof;
      if (isDjangos(setting)) report(context, proof, "error");
      else if (!isUsedAsTuple(context, setting)) report(context, proof, "warning");
    }
    for (const [name, keys] of KEYS) checkKeys(context, name, keys);
  },
});

/** The proofs of tuples with one item for settings that take one value. */
function singleTuples(setting: EffectiveSetting): readonly Proof[] {
  const { name } = setting;
  const isOwn = settingFact(name) === undefined && !isPackageSetting(name) && ONE_VALUE.test(name);
  if (!isSettingName(name) || !(isDjangos(name) || isOwn)) return [];
  return setting.proofs().filter(({ value }) => isSingle(value));
}

function isSingle(value: Value): boolean {
  return value.kind === "tuple" && value.items.length === 1 && value.items[0]?.spread === false;
}

/** Whether a setting of Django's takes neither lists nor tuples. */
function isDjangos(name: string): boolean {
  const types = settingFact(name)?.types ?? [];
  return types.length > 0 && !types.includes("tuple") && !types.includes("callable");
}

/** Whether code goes through the setting or takes it apart. Errs towards no. */
function isUsedAsTuple({ snapshot, project }: Context, name: string): boolean {
  const pattern = new RegExp(
    String.raw`(?:\bin\s+|\*|\b(?:list|tuple|set)\()settings\.${name}\b|\bsettings\.${name}\[`,
  );
  return findInCode(snapshot, project.root, { id: `${name} as a tuple`, files: /\.py$/, pattern }) !== undefined;
}

function report(context: Context, proof: Proof, severity: "error" | "warning"): void {
  const assigned = assignedBy(context, proof.outcome);
  const source = assigned && context.source(assigned.file)?.text;
  if (assigned?.expression.kind !== "Tuple" || source === undefined) return;
  const [item] = assigned.expression.elts;
  // In parentheses a tuple is meant, unless the name says that there is one value: Black writes them around what a comma has made.
  const isMeant = source[assigned.expression.start] === "(" && severity === "error";
  if (item === undefined || isMeant) return;
  const isBoolean = settingFact(proof.setting)?.types.includes("bool") === true;
  context.report({
    message: "tuple",
    values: { consequence: isBoolean ? ", and a tuple that is not empty is truthy" : "" },
    proof,
    severity,
    fixes: [
      replaceFix(
        "removeComma",
        { file: assigned.file, range: assigned.expression },
        source.slice(item.start, item.end),
      ),
    ],
  });
}

function checkKeys(context: Context, name: string, keys: RegExp): void {
  for (const proof of context.setting(name).proofs()) {
    if (proof.value.kind !== "dict") continue;
    for (const entry of proof.value.entries) {
      const key = entry.key?.kind === "str" ? entry.key.value : "";
      if (!keys.test(key) || !isSingle(entry.value)) continue;
      context.report({ message: "key", values: { key }, proof, at: keySite(context, entry) });
    }
  }
}
