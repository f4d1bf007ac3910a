import { table } from "../../base/table";
import { listed } from "../../lint/phrases";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { hasApp } from "../questions/apps/installedApps";
import { lacksEntry, writtenDict } from "../questions/dicts/defaultEntry";
import doc from "./storages-incomplete.md";

/** Django's own entries, which are what a project had before it set STORAGES. */
const DEFAULTS: Readonly<Record<string, string>> = table({
  default: "django.core.files.storage.FileSystemStorage",
  staticfiles: "django.contrib.staticfiles.storage.StaticFilesStorage",
});

const FAILS: Readonly<Record<string, string>> = table({
  default: "uploads and file fields",
  staticfiles: "collectstatic and the static tag",
});

export const storagesIncomplete = defineRule({
  id: "storages-incomplete",
  category: "correctness",
  severity: "error",
  audience: "entry",
  django: { since: [4, 2] },
  // Only about static files, and only since 5.0.
  partialChecks: ["staticfiles.E005"],
  messages: {
    incomplete:
      "STORAGES lacks {entries} in {module}: it replaces Django's default as a whole, so {fails} stop with InvalidStorageError. Add what is missing.",
  },
  fixes: { add: { safety: "safe", title: "Add {entries} with Django's own storage" } },
  doc,

  check(context) {
    const wanted = hasApp(context, "django.contrib.staticfiles") ? ["default", "staticfiles"] : ["default"];
    const lacking = wanted.flatMap((key) => {
      const proof = lacksEntry(context, "STORAGES", key);
      return proof === undefined ? [] : [{ key, proof }];
    });
    const keys = lacking.map(({ key }) => key);
    const proof = lacking[0]?.proof;
    if (proof === undefined) return;
    context.report({
      message: "incomplete",
      values: {
        entries: listed(keys.map((key) => JSON.stringify(key))),
        fails: listed(keys.map((key) => FAILS[key] ?? "")),
      },
      proof,
      djangoCheck: keys.includes("staticfiles") ? "staticfiles.E005" : undefined,
      fixes: [add(context, proof, keys)],
    });
  },
});

function add(context: RuleContext, proof: Proof, keys: readonly string[]): ReportedFix<"add"> | undefined {
  const written = writtenDict(context, proof);
  if (written === undefined) return undefined;
  const { file, dict } = written;
  return {
    id: "add",
    edit: (edit) => {
      for (const key of keys) {
        const [name, backend, path] = [key, "BACKEND", DEFAULTS[key] ?? ""].map((text) => edit.quote(file, text));
        edit.insertElement(file, dict, key === "default" ? 0 : dict.items.length, `${name}: {${backend}: ${path}}`);
      }
    },
  };
}
