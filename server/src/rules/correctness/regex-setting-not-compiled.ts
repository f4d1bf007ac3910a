import { defineRule, siteOf } from "../../lint/rule";
import { knownEntries } from "../questions/lists/entries";
import { expressionAt } from "../questions/dicts/dicts";
import doc from "./regex-setting-not-compiled.md";

export const regexSettingNotCompiled = defineRule({
  id: "regex-setting-not-compiled",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    string:
      '{setting} has the string "{pattern}", not a regex: Django calls .search() on it, and {when} raises AttributeError. Compile it with re.compile().',
  },
  fixes: { compile: { safety: "safe", title: "Compile it with re.compile()" } },
  doc,

  check(context) {
    for (const [name, when] of SETTINGS) {
      for (const proof of context.setting(name).proofs()) {
        for (const { text, item } of knownEntries(proof.value)) {
          const { site } = item;
          const source =
            expressionAt(context, site)?.kind === "Str" && site ? context.source(site.file)?.text : undefined;
          const written = site && source?.slice(site.range.start, site.range.end);
          context.report({
            message: "string",
            values: { pattern: text, when },
            proof,
            at: site && siteOf(site.file, site.range),
            fixes: [
              site === undefined || written === undefined
                ? undefined
                : {
                    id: "compile",
                    edit: (edit) =>
                      edit.replace(site.file, site.range, `${edit.importName(site.file, "re")}.compile(${written})`),
                  },
            ],
          });
        }
      }
    }
  },
});

const SETTINGS: readonly (readonly [string, string])[] = [
  ["IGNORABLE_404_URLS", "the report of a broken link"],
  ["DISALLOWED_USER_AGENTS", "every request"],
];
