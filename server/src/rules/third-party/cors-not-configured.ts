import { isFalsy } from "../../lint/effective";
import { defineRule, type EntryModule, type RuleContext } from "../../lint/rule";
import { servesProduction } from "../../lint/settingsModules";
import { findInCode, searchesAll, type CodeQuestion } from "../../project/codeIndex";
import { knownEntries } from "../questions/lists/entries";
import { listsMiddleware } from "../questions/middleware/middleware";
import doc from "./cors-not-configured.md";

const CORS = "corsheaders.middleware.CorsMiddleware";

/** What lists origins, under its name of today and of before 3.5. */
const ORIGINS = [
  "CORS_ALLOWED_ORIGINS",
  "CORS_ALLOWED_ORIGIN_REGEXES",
  "CORS_ORIGIN_WHITELIST",
  "CORS_ORIGIN_REGEX_WHITELIST",
];

/** What lets every origin in; off is as good as unset. */
const ALL_ORIGINS = ["CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL"];

/** Code may decide for each request. */
const RECEIVERS: CodeQuestion = {
  id: "receivers of CORS requests",
  files: /\.py$/,
  pattern: /\bcheck_request_enabled\b/,
};

export const corsNotConfigured = defineRule({
  id: "cors-not-configured",
  category: "third-party",
  severity: "info",
  audience: "entry",
  aboutRequests: true,
  messages: {
    none: "CorsMiddleware has no origins to allow in {module}: it adds no headers, and browsers reject every cross-origin request. List the origins in CORS_ALLOWED_ORIGINS, or remove the middleware.",
    elsewhere:
      "CorsMiddleware has no origins to allow in {module}: only {other} allows some, so it adds no headers here, and browsers reject every cross-origin request. List the origins of the site or, if its pages and its API share one, list the middleware in {other} alone.",
  },
  doc,

  check(context) {
    const proof = listsMiddleware(context, CORS);
    if (proof === undefined) return;
    const allowing = context.entries.filter((entry) => mayAllow(context, entry));
    const other = allowing.length === 0 ? undefined : otherAllowing(context, allowing);
    if (allowing.length > 0 && other === undefined) return;
    const { snapshot, project } = context;
    if (!searchesAll(snapshot, project.root, RECEIVERS.files)) return;
    if (findInCode(snapshot, project.root, RECEIVERS) !== undefined) return;
    const at = knownEntries(proof.value).find(({ text }) => text === CORS)?.item.site;
    if (other === undefined) return context.report({ message: "none", proof, at });
    context.report({ message: "elsewhere", values: { other: other.module.name }, proof, at });
  },
});

/** Whether a module allows origins for all that is known; an empty list is there on purpose. */
function mayAllow(context: RuleContext, entry: EntryModule): boolean {
  return (
    ORIGINS.some((name) => !context.settingOf(entry, name).isUnset) ||
    ALL_ORIGINS.some((name) => {
      const setting = context.settingOf(entry, name);
      return !setting.isUnset && !setting.certainly(isFalsy);
    })
  );
}

/**
 * The module for development that allows origins, where those are the only ones that do: production has the middleware for nothing,
 * or lacks its origins. Where another site allows some, this one does not need to.
 */
function otherAllowing({ module }: RuleContext, allowing: readonly EntryModule[]): EntryModule | undefined {
  const isOfSite = allowing.some((one) => servesProduction(one.module.role));
  if (module.role !== "production" || isOfSite) return undefined;
  return allowing.find((one) => one.module.role === "development");
}
