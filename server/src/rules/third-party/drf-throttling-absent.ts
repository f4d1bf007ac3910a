import { defineRule, type RuleContext } from "../../lint/rule";
import { findInCode, type CodeQuestion } from "../../project/codeIndex";
import { hasApp } from "../questions/apps/installedApps";
import { writtenDict } from "../questions/dicts/defaultEntry";
import { addKeysFix, judgeKey } from "../questions/dicts/judgedKeys";
import { isRateLimitedInFront } from "../questions/hosts/frontServers";
import { allEntries, knownEntries } from "../questions/lists/entries";
import { middlewareSetting } from "../questions/middleware/middleware";
import doc from "./drf-throttling-absent.md";

/** Apps that limit requests or attempts to log in by themselves. */
const LIMITING = ["axes", "defender", "ratelimit", "django_ratelimit"];

/** Views that limit their own requests. */
const IN_VIEWS: CodeQuestion = {
  id: "throttling of single views",
  files: /\.py$/,
  pattern: /^[ \t]*(?:throttle_classes[ \t]*[=:]|@throttle_classes\b|from (?:django_)?ratelimit\b)/m,
};

export const drfThrottlingAbsent = defineRule({
  id: "drf-throttling-absent",
  category: "third-party",
  severity: "hint",
  audience: "hardened",
  aboutRequests: true,
  messages: {
    absent:
      "REST_FRAMEWORK sets no throttle classes in {module}, which runs in {environment}: a client may send as many API requests as it likes, guesses of passwords and tokens included. Set DEFAULT_THROTTLE_CLASSES and DEFAULT_THROTTLE_RATES, unless a gateway limits requests.",
  },
  fixes: { add: { safety: "unsafe", title: "Add throttle classes and rates" } },
  doc,

  check(context) {
    if (!hasApp(context, "rest_framework")) return;
    const found = judgeKey(
      context,
      "REST_FRAMEWORK",
      "DEFAULT_THROTTLE_CLASSES",
      (value) => value === undefined || allEntries(value)?.length === 0,
    );
    if (found === undefined || isLimitedElsewhere(context)) return;
    const { proof, entry } = found;
    const fix = entry === undefined ? addKeysFix("add", writtenDict(context, proof), ENTRIES) : undefined;
    context.report({ message: "absent", proof, at: entry?.site, fixes: [fix] });
  },
});

const ENTRIES = [
  [
    "DEFAULT_THROTTLE_CLASSES",
    (quote: (text: string) => string) =>
      `[${["Anon", "User"].map((kind) => quote(`rest_framework.throttling.${kind}RateThrottle`)).join(", ")}]`,
  ],
  [
    "DEFAULT_THROTTLE_RATES",
    (quote: (text: string) => string) =>
      `{${quote("anon")}: ${quote("100/hour")}, ${quote("user")}: ${quote("1000/hour")}}`,
  ],
] as const;

function isLimitedElsewhere(context: RuleContext): boolean {
  if (LIMITING.some((app) => hasApp(context, app))) return true;
  const isByMiddleware = middlewareSetting(context).mayBe((value) =>
    knownEntries(value).some(({ text }) => /throttl|rate_?limit/i.test(text)),
  );
  if (isByMiddleware !== undefined || isRateLimitedInFront(context)) return true;
  return findInCode(context.snapshot, context.project.root, IN_VIEWS) !== undefined;
}
