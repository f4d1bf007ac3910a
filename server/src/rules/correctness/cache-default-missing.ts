import { defineRule, type FixOf, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { lacksEntry, renameOnlyEntry, stateWithoutDefault, writtenDict } from "../questions/dicts/defaultEntry";
import doc from "./cache-default-missing.md";

const LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache";

export const cacheDefaultMissing = defineRule({
  id: "cache-default-missing",
  category: "correctness",
  severity: "error",
  audience: "entry",
  django: { since: [1, 9] },
  djangoChecks: ["caches.E001"],
  messages: {
    missing:
      'CACHES in {module} {state}: Django refuses to start (caches.E001), and all that caches without naming a cache fails. Add the key "default".',
  },
  fixes: {
    rename: { safety: "unsafe", title: 'Call the cache "{alias}" "default"' },
    addLocalMemory: { safety: "unsafe", title: 'Add a "default" in local memory' },
  },
  doc,

  check(context) {
    const proof = lacksEntry(context, "CACHES", "default");
    if (proof?.value.kind !== "dict") return;
    context.report({
      message: "missing",
      values: { state: stateWithoutDefault(proof) },
      proof,
      fixes: [renameOnlyEntry(context, proof), addLocalMemory(context, proof)],
    });
  },
});

function addLocalMemory(context: RuleContext, proof: Proof): FixOf<typeof cacheDefaultMissing> | undefined {
  const written = writtenDict(context, proof);
  if (written === undefined) return undefined;
  const { file, dict } = written;
  return {
    id: "addLocalMemory",
    edit: (edit) => {
      const [alias, key, backend] = ["default", "BACKEND", LOCAL_MEMORY].map((text) => edit.quote(file, text));
      edit.insertElement(file, dict, 0, `${alias}: {${key}: ${backend}}`);
    },
  };
}
