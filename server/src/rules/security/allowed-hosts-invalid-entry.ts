import { chainOf } from "../../lint/chain";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { allEntries, knownEntries, type ListEntry } from "../questions/entries";
import { repairedHost, whyNoHost } from "../questions/hosts";
import doc from "./allowed-hosts-invalid-entry.md";

type Fixes = "repair" | "remove";
type Context = RuleContext<"invalid", Fixes>;

const SETTING = "ALLOWED_HOSTS";

export const allowedHostsInvalidEntry = defineRule<"invalid", Fixes>({
  id: "allowed-hosts-invalid-entry",
  category: "security",
  severity: "warning",
  audience: "entry",
  djangoChecks: [],
  messages: {
    invalid:
      "{entry} in ALLOWED_HOSTS never matches a request: {reason}. Django compares entries with the name in the Host header, so its requests get 400.",
  },
  fixes: {
    repair: { safety: "safe", title: "Replace it by {host}" },
    remove: { safety: "safe", title: "Remove it" },
  },
  onByDefault: true,
  doc,

  check(context) {
    const setting = context.setting(SETTING);
    const seen = new Set<number>();
    for (const outcome of setting.outcomes) {
      const entries = knownEntries(outcome.value);
      // Everything matches already.
      if (entries.some(({ text }) => text === "*")) continue;
      for (const entry of entries) {
        const { site } = entry.item;
        // Entries without a place of their own come out of a text that was split: a matter of other rules.
        if (site === undefined || seen.has(site.range.start)) continue;
        const reason = whyNoHost(entry.text);
        const proof = reason === undefined ? undefined : setting.mayBe((value) => value === outcome.value);
        if (reason === undefined || proof === undefined) continue;
        seen.add(site.range.start);
        report(context, proof, entry, reason);
      }
    }
  },
});

function report(context: Context, proof: Proof, entry: ListEntry, reason: string): void {
  const site = entry.item.site ?? proof.site;
  context.report({
    message: "invalid",
    values: { entry: JSON.stringify(entry.text), reason },
    at: site,
    setting: SETTING,
    chain: site.file === context.module.file ? [] : chainOf(context, SETTING, proof),
    fixes: fixesOf(context, proof, entry),
  });
}

function fixesOf(context: Context, proof: Proof, entry: ListEntry): readonly ReportedFix<Fixes>[] {
  const { site } = entry.item;
  const written =
    site === undefined ? undefined : context.source(site.file)?.text.slice(site.range.start, site.range.end);
  // Only a plain literal can be replaced: a name stands for what others may use, too.
  if (site === undefined || written === undefined || !/^(["'])[^"'\\]*\1$/.test(written)) return [];
  const host = repairedHost(entry.text);
  if (host === undefined) return [];
  const isThere = (allEntries(proof.value) ?? []).some(({ text }) => text.toLowerCase() === host);
  if (host === "" || isThere) {
    return [{ id: "remove", edit: (edit) => edit.deleteElement(site.file, site.range) }];
  }
  return [
    {
      id: "repair",
      values: { host },
      edit: (edit) => edit.replace(site.file, site.range, edit.quote(site.file, host)),
    },
  ];
}
