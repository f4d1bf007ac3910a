import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { textOf } from "../questions/dicts/dicts";
import { rewriteFix } from "../questions/fixes/settingFixes";
import { knownEntries } from "../questions/lists/entries";
import doc from "./celery-pickle.md";

const PICKLE = /^(?:pickle|application\/x-python-serialize)$/;
const SETTINGS = [
  "CELERY_ACCEPT_CONTENT",
  "CELERY_RESULT_ACCEPT_CONTENT",
  "CELERY_TASK_SERIALIZER",
  "CELERY_RESULT_SERIALIZER",
];

export const celeryPickle = defineRule({
  id: "celery-pickle",
  category: "third-party",
  severity: "warning",
  audience: "production",
  messages: {
    pickle:
      "{setting} lets Celery unpickle messages in {module}, which runs in {environment}: whoever can write to the broker runs any code in the workers. Use json.",
  },
  fixes: { json: { safety: "unsafe", title: "Write {source}" } },
  doc,

  check(context) {
    for (const name of SETTINGS) {
      const proof = context.setting(name).judge(hasPickle);
      if (proof?.origin === undefined) continue;
      const source = textOf(proof.value) === undefined ? '["json"]' : '"json"';
      const isOnly = textOf(proof.value) !== undefined || knownEntries(proof.value).length === 1;
      const fix = isOnly ? rewriteFix(context, "json", proof, source, ["Str", "List", "Tuple"]) : undefined;
      context.report({ message: "pickle", proof, fixes: [fix && { ...fix, values: { source } }] });
    }
  },
});

function hasPickle(value: Value): boolean {
  return PICKLE.test(textOf(value) ?? "") || knownEntries(value).some(({ text }) => PICKLE.test(text));
}
