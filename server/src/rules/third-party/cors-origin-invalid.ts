import { defineRule, type ContextOf } from "../../lint/rule";
import { replaceTextFix } from "../questions/fixes/settingFixes";
import { hasApp } from "../questions/apps/installedApps";
import { hasCorsMiddleware } from "../questions/hosts/cors";
import { knownEntries, type ListEntry } from "../questions/lists/entries";
import doc from "./cors-origin-invalid.md";

type Context = ContextOf<typeof corsOriginInvalid>;

export const corsOriginInvalid = defineRule({
  id: "cors-origin-invalid",
  category: "third-party",
  severity: "error",
  audience: "entry",
  aboutRequests: true,
  messages: {
    scheme:
      '{setting} has "{origin}" without a scheme: the system check of django-cors-headers fails (corsheaders.E013).',
    path: '{setting} has "{origin}" with a path: the system check of django-cors-headers fails (corsheaders.E014).',
  },
  fixes: { rewrite: { safety: "safe", title: 'Write "{wanted}"' } },
  doc,

  check(context) {
    // Its checks run where its app is installed.
    if (!hasApp(context, "corsheaders") && !hasCorsMiddleware(context)) return;
    for (const name of ["CORS_ALLOWED_ORIGINS", "CORS_ORIGIN_WHITELIST"]) {
      for (const proof of context.setting(name).proofs())
        for (const entry of knownEntries(proof.value)) {
          const found = faultOf(entry.text);
          if (found !== undefined && proof.origin !== undefined)
            context.report({
              message: found.message,
              values: { origin: entry.text, wanted: found.wanted ?? "" },
              proof,
              at: entry.item.site,
              fixes: [rewrite(context, entry, found.wanted)],
            });
        }
    }
  },
});

interface Fault {
  readonly message: "scheme" | "path";
  readonly wanted: string | undefined;
}

/** What corsheaders/checks.py objects to. */
function faultOf(origin: string): Fault | undefined {
  if (origin === "null" || origin === "file://" || origin === "") return undefined;
  const [, scheme, host = "", rest = ""] = /^([a-z][a-z0-9+.-]{0,20}:\/\/)?([^/?#]*)([\s\S]*)$/i.exec(origin) ?? [];
  if (scheme === undefined) {
    const isHost = /^(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?$/i.test(host);
    return { message: "scheme", wanted: isHost ? `https://${host}` : undefined };
  }
  if (host === "" || rest === "") return undefined;
  return { message: "path", wanted: `${scheme}${host}` };
}

function rewrite(context: Context, { item }: ListEntry, wanted: string | undefined) {
  return replaceTextFix(context, "rewrite", item.site, wanted);
}
