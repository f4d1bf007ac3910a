import { defineRule } from "../../lint/rule";
import { placeInList } from "../questions/fixes/elementPlaces";
import { insertFix } from "../questions/fixes/settingFixes";
import { isCompressedInFront } from "../questions/hosts/frontServers";
import { lacksMiddleware, SECURITY } from "../questions/middleware/middleware";
import doc from "./response-compression-absent.md";

const GZIP = "django.middleware.gzip.GZipMiddleware";

export const responseCompressionAbsent = defineRule({
  id: "response-compression-absent",
  category: "performance",
  severity: "hint",
  audience: "hardened",
  aboutRequests: true,
  onByDefault: false,
  messages: {
    plain:
      "{setting} compresses no responses in {module}, which runs in {environment}: no server in this repository does either, so pages and JSON are several times as long as they need be. Add GZipMiddleware, or let the proxy compress.",
  },
  fixes: { gzip: { safety: "unsafe", title: "Add GZipMiddleware" } },
  doc,

  check(context) {
    const proof = lacksMiddleware(context, /gzip|compress|brotli|zstd/i);
    if (proof === undefined || isCompressedInFront(context)) return;
    // Before 4.2, what it compresses is open to BREACH.
    const place = context.djangoAtLeast(4, 2) === true ? placeInList(context, proof, { after: [SECURITY] }) : undefined;
    context.report({ message: "plain", proof, fixes: [insertFix("gzip", place, GZIP)] });
  },
});
