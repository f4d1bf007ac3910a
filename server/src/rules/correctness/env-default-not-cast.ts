import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { EnvironmentValue } from "../../python/values/value";
import { assignedBy } from "../questions/assignments/assigned";
import { isSettingName } from "../questions/assignments/bindings";
import { meaningOf, readingCall, writtenDefault } from "../questions/environment/environment";
import { replaceFix } from "../questions/fixes/settingFixes";
import doc from "./env-default-not-cast.md";

type Context = ContextOf<typeof envDefaultNotCast>;

export const envDefaultNotCast = defineRule({
  id: "env-default-not-cast",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    string:
      '{setting} is the string "{text}" where {variable} is not set, because {library} converts the text of variables and not defaults{consequence}. Write {wanted}.',
  },
  fixes: { convert: { safety: "safe", title: "Write {wanted}" } },
  doc,

  check(context) {
    for (const name of context.evaluation.names) {
      if (!isSettingName(name)) continue;
      for (const proof of context.setting(name).proofs()) {
        const read = proof.outcome.value;
        if (read.kind === "environment") checkRead(context, proof, read);
      }
    }
  },
});

/** Libraries whose typed readers hand the default on as it is (environ/environ.py, environs/__init__.py). */
const LIBRARIES: readonly string[] = ["django-environ"];

function checkRead(context: Context, proof: Proof, read: EnvironmentValue): void {
  const { fallback } = read;
  if (!LIBRARIES.includes(read.library) || fallback?.kind !== "str") return;
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
