import { defineRule } from "../../lint/rule";
import type { Entry, Item, Value } from "../../python/values/value";
import { entryOf, expressionAt, textOf, valueAt } from "../questions/dicts/dicts";
import { duplicates, type Duplicate } from "../questions/lists/duplicates";
import doc from "./templates-engine-name-duplicate.md";

export const templatesEngineNameDuplicate = defineRule({
  id: "templates-engine-name-duplicate",
  category: "correctness",
  severity: "error",
  audience: "entry",
  django: { since: [1, 8] },
  messages: {
    twice:
      'TEMPLATES has two engines called "{name}": Django raises ImproperlyConfigured when it loads the first template. Give one of them another NAME.',
  },
  fixes: { rename: { safety: "unsafe", title: 'Call the second engine "{other}"' } },
  doc,

  check(context) {
    const proof = context.setting("TEMPLATES").mustBe((value) => sameNames(value).length > 0);
    if (proof?.origin === undefined) return;
    for (const { first, second } of sameNames(proof.value)) {
      const name = nameOf(second) ?? "";
      const { site } = second;
      const dict = expressionAt(context, site);
      const isNamed = entryOf(second.value, "NAME") !== "absent";
      context.report({
        message: "twice",
        values: { name, other: `${name}2` },
        proof,
        at: site,
        chain: first.site && [{ site: first.site, text: "the first of them" }],
        fixes: [
          site === undefined || dict?.kind !== "Dict" || isNamed
            ? undefined
            : {
                id: "rename",
                edit: (edit) =>
                  edit.insertElement(
                    site.file,
                    dict,
                    1,
                    `${edit.quote(site.file, "NAME")}: ${edit.quote(site.file, `${name}2`)}`,
                  ),
              },
        ],
      });
    }
  },
});

function sameNames(templates: Value): readonly Duplicate<Item>[] {
  if (templates.kind !== "list" && templates.kind !== "tuple") return [];
  return duplicates(
    templates.items.filter(({ spread }) => !spread),
    nameOf,
  );
}

/** NAME, or the last part but one of BACKEND (django/template/utils.py). */
function nameOf({ value }: Item): string | undefined {
  const name: Entry | "absent" | undefined = entryOf(value, "NAME");
  if (name !== "absent") return textOf(name?.value);
  return textOf(valueAt(value, "BACKEND"))?.split(".").at(-2);
}
