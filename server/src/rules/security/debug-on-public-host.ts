import { isTruthy } from "../../lint/effective";
import { defineRule, type RuleContext } from "../../lint/rule";
import type { JudgedPart } from "../../lint/setting";
import { servesProduction } from "../../lint/settingsModules";
import { visitedHost } from "../../project/publicHosts";
import type { Value } from "../../python/values/value";
import { allEntries, knownEntries, type ListEntry } from "../questions/lists/entries";
import doc from "./debug-on-public-host.md";

export const debugOnPublicHost = defineRule({
  id: "debug-on-public-host",
  category: "security",
  severity: "info",
  audience: "development",
  messages: {
    on: "DEBUG is on in {module}, which answers for {host}: whoever visits it there sees tracebacks, source and settings. Turn DEBUG off where others can reach it, or take the host out.",
  },
  doc,

  check(context) {
    const debug = context.setting("DEBUG").judge(isTruthy);
    if (debug === undefined) return;
    const hosts = context.setting("ALLOWED_HOSTS").judgeParts(publicHosts);
    const found = hosts.find(({ part }) => !isOfProduction(context, part.text));
    // With the wildcard it answers for anything, and says nothing of where it runs.
    if (found === undefined || knownEntries(found.proof.value).some(({ text }) => text === "*")) return;
    const { item, text } = found.part;
    context.report({
      message: "on",
      values: { host: text.replace(/^\./, "") },
      proof: debug,
      chain: item.site === undefined ? [] : [{ site: item.site, text: "ALLOWED_HOSTS has the host here." }],
    });
  },
});

interface PublicHost extends ListEntry, JudgedPart {}

/** The names by which others than developers reach what answers; tunnels are for a short while. */
function publicHosts(value: Value): readonly PublicHost[] {
  return knownEntries(value)
    .filter(({ text }) => visitedHost(text) !== undefined)
    .map((entry) => ({ ...entry, key: entry.text }));
}

/** Whether production answers for a host: then it is its, and development has it from a list that both share, or by copying. */
function isOfProduction({ entries, settingOf }: RuleContext, host: string): boolean {
  return entries.some((entry) => {
    if (!servesProduction(entry.module.role)) return false;
    return settingOf(entry, "ALLOWED_HOSTS").outcomes.some(({ value }) =>
      (allEntries(value) ?? knownEntries(value)).some(
        ({ text }) => text.replace(/^\./, "") === host.replace(/^\./, ""),
      ),
    );
  });
}
