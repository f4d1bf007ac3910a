import { defineRule } from "../../lint/rule";
import { placeInList } from "../questions/fixes/elementPlaces";
import { insertFix } from "../questions/fixes/settingFixes";
import { lacksMiddleware, SECURITY, SESSION } from "../questions/middleware/middleware";
import doc from "./conditional-get-absent.md";

const CONDITIONAL = "django.middleware.http.ConditionalGetMiddleware";

export const conditionalGetAbsent = defineRule({
  id: "conditional-get-absent",
  category: "performance",
  severity: "hint",
  audience: "hardened",
  aboutRequests: true,
  onByDefault: false,
  messages: {
    absent:
      "{setting} gives responses no ETag in {module}, which runs in {environment}: a page that has not changed is sent again in full. Add ConditionalGetMiddleware.",
  },
  fixes: { add: { safety: "unsafe", title: "Add ConditionalGetMiddleware" } },
  doc,

  check(context) {
    const proof = lacksMiddleware(context, /conditional|etag|\.cache\./i);
    if (proof === undefined) return;
    const place = placeInList(context, proof, { after: [SECURITY, "django.middleware.gzip.GZipMiddleware", SESSION] });
    context.report({ message: "absent", proof, fixes: [insertFix("add", place, CONDITIONAL)] });
  },
});
