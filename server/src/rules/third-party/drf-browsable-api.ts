import { defineRule } from "../../lint/rule";
import { hasApp } from "../questions/apps/installedApps";
import { writtenDict } from "../questions/dicts/defaultEntry";
import { addKeysFix, judgeClass } from "../questions/dicts/judgedKeys";
import { deleteElementFix } from "../questions/fixes/settingFixes";
import doc from "./drf-browsable-api.md";

const KEY = "DEFAULT_RENDERER_CLASSES";
const BROWSABLE = "rest_framework.renderers.BrowsableAPIRenderer";

export const drfBrowsableApi = defineRule({
  id: "drf-browsable-api",
  category: "third-party",
  severity: "hint",
  audience: "hardened",
  aboutRequests: true,
  messages: {
    listed:
      "REST_FRAMEWORK lists BrowsableAPIRenderer in {module}, which runs in {environment}: browsers get pages with forms that show the fields of each endpoint and query the database for their choices. Remove it, unless people are meant to browse the API.",
    unset:
      "REST_FRAMEWORK sets no renderer classes in {module}, which runs in {environment}: by default browsers get the browsable API, whose forms show the fields of each endpoint. List JSONRenderer alone, unless people are meant to browse the API.",
  },
  fixes: {
    remove: { safety: "unsafe", title: "Remove BrowsableAPIRenderer" },
    add: { safety: "unsafe", title: "Render JSON only" },
  },
  doc,

  check(context) {
    if (!hasApp(context, "rest_framework")) return;
    const found = judgeClass(context, "REST_FRAMEWORK", KEY, BROWSABLE);
    if (found === undefined) return;
    const { proof, entry, site, hasOthers } = found;
    const add = addKeysFix("add", entry === undefined ? writtenDict(context, proof) : undefined, [
      [KEY, (quote) => `[${quote("rest_framework.renderers.JSONRenderer")}]`],
    ]);
    context.report({
      message: entry === undefined ? "unset" : "listed",
      proof,
      at: site ?? entry?.site,
      fixes: [hasOthers ? deleteElementFix("remove", site) : undefined, add],
    });
  },
});
