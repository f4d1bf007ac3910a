import { defineRule } from "../../lint/rule";
import { usesPackage } from "../questions/apps/installedApps";
import { hasOlder } from "../questions/apps/packages";
import { deletableEntry } from "../questions/fixes/elementPlaces";
import { deleteElementFix, replaceTextFix } from "../questions/fixes/settingFixes";
import { entryAt, entryOf, keySite } from "../questions/dicts/dicts";
import doc from "./drf-removed-key.md";

const METHODS = "Clients send the method and the type that they mean.";

/** What rest_framework/settings.py of 3.2 has and 3.3 lacks, with what replaces it. */
const REMOVED = [
  ["PAGINATE_BY", "Use PAGE_SIZE, with DEFAULT_PAGINATION_CLASS."],
  ["PAGINATE_BY_PARAM", "Set page_size_query_param on a paginator of the project."],
  ["MAX_PAGINATE_BY", "Set max_page_size on a paginator of the project."],
  ["FORM_METHOD_OVERRIDE", METHODS],
  ["FORM_CONTENT_OVERRIDE", METHODS],
  ["FORM_CONTENTTYPE_OVERRIDE", METHODS],
  ["URL_ACCEPT_OVERRIDE", "Clients send an Accept header."],
] as const;
const REMOVED_IN = { name: "djangorestframework", version: [3, 3], django: [1, 7] } as const;

export const drfRemovedKey = defineRule({
  id: "drf-removed-key",
  category: "third-party",
  severity: "warning",
  audience: "entry",
  messages: {
    removed: 'REST_FRAMEWORK["{key}"] has no effect: REST framework 3.3 removed it. {instead}',
  },
  fixes: {
    rename: { safety: "unsafe", title: "Rename it to PAGE_SIZE" },
    remove: { safety: "safe", title: "Remove {key}" },
  },
  doc,

  check(context) {
    // A fork of REST framework, vendored, may still read them.
    if (!usesPackage(context, "djangorestframework", "rest_framework") || hasOlder(context, REMOVED_IN)) return;
    for (const [key, instead] of REMOVED) {
      const proof = context.setting("REST_FRAMEWORK").mustBe((value) => entryAt(value, key) !== undefined);
      const entry = entryAt(proof?.value, key);
      if (proof === undefined || entry === undefined) continue;
      const at = keySite(context, entry);
      const isRenamed = key === "PAGINATE_BY" && entryOf(proof.value, "PAGE_SIZE") === "absent";
      context.report({
        message: "removed",
        values: { key, instead },
        proof,
        at,
        fixes: [
          isRenamed ? replaceTextFix(context, "rename", at, "PAGE_SIZE") : undefined,
          isRenamed ? undefined : deleteElementFix("remove", deletableEntry(context, entry)),
        ],
      });
    }
  },
});
