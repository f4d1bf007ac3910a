import type { PackageRelease } from "../../django/settingReaders";
import { defineRule, type ContextOf } from "../../lint/rule";
import { replaceTextFix } from "../questions/fixes/settingFixes";
import { hasOlder } from "../questions/apps/packages";
import { hasApp } from "../questions/apps/installedApps";
import { corsSetting, hasCorsMiddleware } from "../questions/hosts/cors";
import { isOff } from "../settingRule";
import { knownEntries, type ListEntry } from "../questions/lists/entries";
import doc from "./cors-origin-invalid.md";

type Context = ContextOf<typeof corsOriginInvalid>;

/** Where patterns belong, under the names of the same time. */
const REGEXES = {
  CORS_ALLOWED_ORIGINS: "CORS_ALLOWED_ORIGIN_REGEXES",
  CORS_ORIGIN_WHITELIST: "CORS_ORIGIN_REGEX_WHITELIST",
};

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
    wildcard:
      '{setting} has "{origin}", which matches no origin: django-cors-headers takes "*" there as it is, and browsers refuse the answers. List each origin, or write a pattern into {regexes}.',
  },
  fixes: { rewrite: { safety: "safe", title: 'Write "{wanted}"' } },
  doc,

  check(context) {
    // Its checks run where its app is installed.
    if (!hasApp(context, "corsheaders") && !hasCorsMiddleware(context)) return;
    // What lets all origins in makes up for a wildcard that matches none.
    const isLimited = corsSetting(context, "CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL").certainly(isOff);
    const isChecked = !hasOlder(context, CHECKED);
    for (const name of ["CORS_ALLOWED_ORIGINS", "CORS_ORIGIN_WHITELIST"] as const) {
      for (const proof of context.setting(name).proofs())
        for (const entry of knownEntries(proof.value)) {
          const found = faultOf(entry.text);
          const isFault = found?.message === "wildcard" ? isLimited : isChecked;
          if (found !== undefined && proof.origin !== undefined && isFault)
            context.report({
              message: found.message,
              values: { origin: entry.text, wanted: found.wanted ?? "", regexes: REGEXES[name] },
              proof,
              at: entry.item.site,
              // Its system check passes: only the browsers of visitors notice.
              severity: found.message === "wildcard" ? "warning" : undefined,
              fixes: [rewrite(context, entry, found.wanted)],
            });
        }
    }
  },
});

/** Before, hosts without a scheme were what it wanted (HISTORY of django-cors-headers, 3.0.0). */
const CHECKED: PackageRelease = { name: "django-cors-headers", version: [3, 0], django: [1, 11] };

interface Fault {
  readonly message: "scheme" | "path" | "wildcard";
  readonly wanted: string | undefined;
}

/** What corsheaders/checks.py objects to, and what its middleware compares in vain. */
function faultOf(origin: string): Fault | undefined {
  if (origin === "null" || origin === "file://" || origin === "") return undefined;
  const [, scheme, host = "", rest = ""] = /^([a-z][a-z0-9+.-]{0,20}:\/\/)?([^/?#]*)([\s\S]*)$/i.exec(origin) ?? [];
  if (scheme === undefined) {
    const isHost = /^(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?$/i.test(host);
    return { message: "scheme", wanted: isHost ? `https://${host}` : undefined };
  }
  if (host.includes("*") && rest === "") return { message: "wildcard", wanted: undefined };
  if (host === "" || rest === "") return undefined;
  return { message: "path", wanted: `${scheme}${host}` };
}

function rewrite(context: Context, { item }: ListEntry, wanted: string | undefined) {
  return replaceTextFix(context, "rewrite", item.site, wanted);
}
