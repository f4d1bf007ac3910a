import { chainOf } from "../../lint/chain";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { checkUnlessDenied } from "../questions/djangoSays";
import { lacksEntry, writtenDict } from "../questions/defaultEntry";
import { hasApp } from "../questions/entries";
import { listed } from "../questions/environment";
import doc from "./storages-incomplete.md";

/** Django's own entries, which are what a project had before it set STORAGES. */
const DEFAULTS: Readonly<Record<string, string>> = {
  default: "django.core.files.storage.FileSystemStorage",
  staticfiles: "django.contrib.staticfiles.storage.StaticFilesStorage",
};

const FAILS: Readonly<Record<string, string>> = {
  default: "uploads and file fields",
  staticfiles: "collectstatic and the static tag",
};

export const storagesIncomplete = defineRule<"incomplete", "add">({
  id: "storages-incomplete",
  category: "correctness",
  severity: "error",
  audience: "entry",
  django: { since: [4, 2] },
  // Only about static files, and only since 5.0.
  djangoChecks: [],
  partialChecks: ["staticfiles.E005"],
  messages: {
    incomplete:
      "STORAGES in {module} replaces Django's default as a whole and lacks {entries}: {fails} stop with InvalidStorageError. Add what is missing.",
  },
  fixes: { add: { safety: "safe", title: "Add {entries} with Django's own storage" } },
  onByDefault: true,
  doc,

  check(context) {
    const wanted = hasApp(context, "django.contrib.staticfiles") ? ["default", "staticfiles"] : ["default"];
    const missing = wanted.filter((key) => lacksEntry(context, "STORAGES", key) !== undefined);
    const proof = missing[0] === undefined ? undefined : lacksEntry(context, "STORAGES", missing[0]);
    if (proof === undefined) return;
    const entries = listed(missing.map((key) => JSON.stringify(key)));
    context.report({
      message: "incomplete",
      values: { module: context.module.name, entries, fails: listed(missing.map((key) => FAILS[key] ?? "")) },
      at: proof.site,
      setting: "STORAGES",
      ...(missing.includes("staticfiles") ? { djangoCheck: checkUnlessDenied(context, "staticfiles.E005") } : {}),
      chain: chainOf(context, "STORAGES", proof),
      fixes: add(context, proof, missing, entries),
    });
  },
});

function add(
  context: RuleContext<never, never>,
  proof: Proof,
  missing: readonly string[],
  entries: string,
): readonly ReportedFix<"add">[] {
  const written = writtenDict(context, proof);
  if (written === undefined) return [];
  const { file, dict } = written;
  return [
    {
      id: "add",
      values: { entries },
      edit: (edit) => {
        for (const key of missing) {
          const [name, backend, path] = [key, "BACKEND", DEFAULTS[key] ?? ""].map((text) => edit.quote(file, text));
          edit.insertElement(file, dict, key === "default" ? 0 : dict.items.length, `${name}: {${backend}: ${path}}`);
        }
      },
    },
  ];
}
