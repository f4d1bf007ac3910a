import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { rewriteFix } from "../questions/fixes/settingFixes";
import doc from "./url-setting-is-path.md";

export const urlSettingIsPath = defineRule({
  id: "url-setting-is-path",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    path: '{setting} is a file system path, not a URL: pages link to addresses that do not exist. Write "{wanted}".',
  },
  fixes: { rewrite: { safety: "unsafe", title: 'Write "{wanted}"' } },
  doc,

  check(context) {
    for (const [name, wanted] of [
      ["STATIC_URL", "static/"],
      ["MEDIA_URL", "media/"],
    ] as const) {
      const proof = context.setting(name).judge(isPath);
      if (proof?.origin === undefined) continue;
      const fix = rewriteFix(context, "rewrite", proof, { text: wanted }, "any");
      context.report({ message: "path", values: { wanted }, proof, fixes: [fix] });
    }
  },
});

/** Anchored at a file, or with a drive: what may be a URL is not reported. */
function isPath(value: Value): boolean {
  return value.kind === "path" || (value.kind === "str" && /^[A-Za-z]:[\\/]/.test(value.value));
}
