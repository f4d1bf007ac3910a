import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { aboutMissingDefault, lacksEntry, renameOnlyEntry, writtenDict } from "../questions/defaultEntry";
import doc from "./cache-default-missing.md";

type Fixes = "rename" | "addLocalMemory";
type Context = RuleContext<"missing", Fixes>;

export const cacheDefaultMissing = defineRule<"missing", Fixes>({
  id: "cache-default-missing",
  category: "correctness",
  severity: "error",
  audience: "entry",
  django: { since: [1, 9] },
  djangoChecks: ["caches.E001"],
  messages: {
    missing:
      'CACHES in {module} {state}: Django\'s checks stop runserver, migrate and most other commands, and all that caches without naming a cache fails. Add an entry "default".',
  },
  fixes: {
    rename: { safety: "unsafe", title: 'Call the cache "{alias}" "default"' },
    addLocalMemory: { safety: "unsafe", title: 'Add a "default" in local memory' },
  },
  onByDefault: true,
  doc,

  check(context) {
    const proof = lacksEntry(context, "CACHES", "default");
    if (proof?.value.kind !== "dict") return;
    context.report({
      ...aboutMissingDefault(context, "CACHES", proof),
      message: "missing",
      fixes: [...renameOnlyEntry(context, proof), ...addLocalMemory(context, proof)],
    });
  },
});

function addLocalMemory(context: Context, proof: Proof): readonly ReportedFix<Fixes>[] {
  const written = writtenDict(context, proof);
  if (written === undefined) return [];
  const { file, dict } = written;
  return [
    {
      id: "addLocalMemory",
      edit: (edit) => {
        const [alias, key, backend] = ["default", "BACKEND", "django.core.cache.backends.locmem.LocMemCache"].map(
          (text) => edit.quote(file, text),
        );
        edit.insertElement(file, dict, 0, `${alias}: {${key}: ${backend}}`);
      },
    },
  ];
}
