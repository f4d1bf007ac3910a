import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { EffectiveSetting, Proof } from "../../lint/setting";
import type { EnvironmentValue } from "../../python/values/value";
import { assignedBy } from "../questions/assignments/assigned";
import { meaningOf, readingCall, writtenDefault } from "../questions/environment/environment";
import { replaceFix } from "../questions/fixes/settingFixes";
import type { Expr } from "../../syntax/ast";
import { dottedName } from "../../syntax/dottedName";
import doc from "./env-default-not-cast.md";

type Context = ContextOf<typeof envDefaultNotCast>;

export const envDefaultNotCast = defineRule({
  id: "env-default-not-cast",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    string:
      '{setting} is the string "{text}" where {variable} is not set: {library} converts the text of variables and not defaults{consequence}. Write {wanted}.',
    fraction:
      "{setting} is read as an int, but its default is {text}: a fraction in {variable} raises ValueError, so it cannot say what the default does. Read a float, or make the default an int.",
    csv: "{setting} raises AttributeError where {variable} is not set: decouple splits the default, too, and it is a list. Write a string: {wanted}.",
  },
  fixes: { convert: { safety: "safe", title: "Write {wanted}" } },
  doc,

  check(context) {
    for (const proof of context.inEachSetting((setting) => readProofs(context, setting))) {
      const read = proof.outcome.value;
      if (read.kind === "environment") checkRead(context, proof, read);
      checkSplit(context, proof);
    }
  },
});

/** The proofs of values that a library reads from the environment. */
function readProofs(context: Context, setting: EffectiveSetting): readonly Proof[] {
  return setting
    .proofs()
    .filter(
      ({ outcome }) => outcome.value.kind === "environment" || isConfig(assignedBy(context, outcome)?.expression),
    );
}

/** A call of python-decouple's reader. */
function isConfig(expression: Expr | undefined): boolean {
  return expression?.kind === "Call" && dottedName(expression.func) === "config";
}

/** Libraries whose typed readers hand the default on as it is (environ/environ.py, environs/__init__.py). */
const LIBRARIES: readonly string[] = ["django-environ"];

function checkRead(context: Context, proof: Proof, read: EnvironmentValue): void {
  const { fallback } = read;
  if (!LIBRARIES.includes(read.library)) return;
  if (read.cast === "int" && fallback?.kind === "float" && !Number.isInteger(fallback.value)) {
    const values = { variable: read.variable, text: String(fallback.value) };
    context.report({ message: "fraction", values, proof, severity: "warning" });
  }
  if (fallback?.kind !== "str") return;
  const wanted = converted(read.cast, fallback.value);
  if (wanted === undefined) return;
  const assigned = assignedBy(context, proof.outcome);
  const call = assigned && readingCall(assigned.file, assigned.expression, read);
  const written = call && writtenDefault(call, read);
  const site = written?.kind === "Str" ? siteOf(read.site.file, written) : undefined;
  context.report({
    message: "string",
    values: {
      text: fallback.value,
      variable: read.variable,
      library: read.library,
      wanted,
      consequence: read.cast === "bool" && fallback.value !== "" ? ", and it is truthy" : "",
    },
    proof,
    at: site,
    fixes: [replaceFix("convert", site, wanted)],
  });
}

/** `config("HOSTS", default=[], cast=Csv())`: decouple hands the default to the cast (decouple.py, `Config.get`). */
function checkSplit(context: Context, proof: Proof): void {
  const assigned = assignedBy(context, proof.outcome);
  if (assigned?.expression.kind !== "Call" || !isConfig(assigned.expression)) return;
  const { args, keywords } = assigned.expression;
  const [variable] = args;
  const cast = keywords.find(({ name }) => name === "cast")?.value;
  const written = keywords.find(({ name }) => name === "default")?.value ?? args[1];
  if (cast?.kind !== "Call" || dottedName(cast.func) !== "Csv" || variable?.kind !== "Str") return;
  if (written?.kind !== "List" && written?.kind !== "Tuple") return;
  const texts = written.elts.flatMap((item) => (item.kind === "Str" ? [item.value] : []));
  const site = siteOf(assigned.file, written);
  const wanted = texts.length === written.elts.length ? texts.join(",") : undefined;
  context.report({
    message: "csv",
    values: { variable: variable.value, wanted: `"${wanted ?? ""}"` },
    proof,
    at: site,
    fixes: [wanted === undefined ? undefined : replaceFix("convert", site, { text: wanted })],
  });
}

/** What the default of a cast has to be instead of a string; `undefined` where the string is what is wanted. */
function converted(cast: EnvironmentValue["cast"], text: string): string | undefined {
  switch (cast) {
    case "bool":
      return meaningOf(text) === true ? "True" : "False";
    case "int":
      return /^-?\d{1,15}$/.test(text) ? text : undefined;
    case "float":
      return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? text : undefined;
    case "list":
      return `[${text
        .split(",")
        .filter((part) => part.trim() !== "")
        .map((part) => JSON.stringify(part))
        .join(", ")}]`;
    default:
      return undefined;
  }
}
