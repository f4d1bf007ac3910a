import { defineRule } from "../../lint/rule";
import { corsSetting, hasCorsMiddleware } from "../questions/hosts/cors";
import { knownEntries } from "../questions/lists/entries";
import { looseness } from "../questions/hosts/originPatterns";
import doc from "./cors-regex-broad.md";

export const corsRegexBroad = defineRule({
  id: "cors-regex-broad",
  category: "third-party",
  severity: "warning",
  audience: "production",
  aboutRequests: true,
  messages: {
    loose:
      "{setting} also matches {example}: {reason}. Scripts of such a site may read responses of {module}, which runs in {environment}.",
  },
  doc,

  check(context) {
    if (!hasCorsMiddleware(context)) return;
    const setting = corsSetting(context, "CORS_ALLOWED_ORIGIN_REGEXES", "CORS_ORIGIN_REGEX_WHITELIST");
    for (const proof of setting.proofs()) {
      for (const { text, item } of knownEntries(proof.value)) {
        const found = looseness(text);
        if (found !== undefined) context.report({ message: "loose", values: { ...found }, proof, at: item.site });
      }
    }
  },
});
