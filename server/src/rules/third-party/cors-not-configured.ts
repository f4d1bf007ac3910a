import { defineRule, type RuleContext } from "../../lint/rule";
import { findInCode, searchesAll, type CodeQuestion } from "../../project/codeIndex";
import { knownEntries } from "../questions/lists/entries";
import { listsMiddleware } from "../questions/middleware/middleware";
import doc from "./cors-not-configured.md";

const CORS = "corsheaders.middleware.CorsMiddleware";

/** What lets an origin in, under its name of today and of before 3.5. */
const ORIGINS = [
  "CORS_ALLOWED_ORIGINS",
  "CORS_ALLOWED_ORIGIN_REGEXES",
  "CORS_ALLOW_ALL_ORIGINS",
  "CORS_ORIGIN_WHITELIST",
  "CORS_ORIGIN_REGEX_WHITELIST",
  "CORS_ORIGIN_ALLOW_ALL",
];

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
  },
  doc,

  check(context) {
    const proof = listsMiddleware(context, CORS);
    if (proof === undefined || isConfiguredAnywhere(context)) return;
    const { snapshot, project } = context;
    if (!searchesAll(snapshot, project.root, RECEIVERS.files)) return;
    if (findInCode(snapshot, project.root, RECEIVERS) !== undefined) return;
    context.report({
      message: "none",
      proof,
      at: knownEntries(proof.value).find(({ text }) => text === CORS)?.item.site,
    });
  },
});

/** Where one environment allows origins, another that does not serves its pages from the same origin on purpose. */
function isConfiguredAnywhere(context: RuleContext): boolean {
  return context.entries.some((entry) => ORIGINS.some((name) => !context.settingOf(entry, name).isUnset));
}
