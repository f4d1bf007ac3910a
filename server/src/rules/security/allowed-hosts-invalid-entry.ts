import { servesProduction } from "../../lint/settingsModules";
import { isTruthy } from "../../lint/effective";
import { listed } from "../../lint/phrases";
import { defineRule, type ContextOf, type FixOf, type RuleContext } from "../../lint/rule";
import type { JudgedPart, Proof } from "../../lint/setting";
import type { Value } from "../../python/values/value";
import { isPlaceholderHost } from "../../project/publicHosts";
import { deleteElementFix, replaceFix } from "../questions/fixes/settingFixes";
import { frontFiles, type FrontFile } from "../questions/hosts/frontFiles";
import { isWildcard, repairedHost, whyNoHost } from "../questions/hosts/hosts";
import { allEntries, knownEntries, type ListEntry } from "../questions/lists/entries";
import doc from "./allowed-hosts-invalid-entry.md";

export const allowedHostsInvalidEntry = defineRule({
  id: "allowed-hosts-invalid-entry",
  category: "security",
  severity: "warning",
  audience: "entry",
  messages: {
    invalid:
      "{entry} in ALLOWED_HOSTS never matches a request: {reason}. Django compares items with the Host header, so its requests get 400.",
    none: "ALLOWED_HOSTS has no real host in {module}: {hosts} {are} all that it allows, and requests for the site's own name get 400. List the hosts that it serves.",
  },
  fixes: {
    repair: { safety: "safe", title: "Replace it by {host}" },
    remove: { safety: "safe", title: "Remove it" },
  },
  doc,

  check(context) {
    for (const { part, proof } of context.setting("ALLOWED_HOSTS").judgeParts(invalidEntries)) {
      context.report({
        message: "invalid",
        values: { entry: JSON.stringify(part.text), reason: part.reason },
        proof,
        at: part.item.site,
        fixes: [fixOf(context, proof, part)],
      });
    }
    reportNone(context);
  },
});

/**
 * Production that answers for nothing but this machine and names of templates. A server in front may hand requests on for localhost, so
 * silent beside the configuration of one, unless that keeps the visitor's host; a project that has just begun needs no more.
 */
function reportNone(context: ContextOf<typeof allowedHostsInvalidEntry>): void {
  const { role, isSite, confidence } = context.module;
  if (!servesProduction(role) || !isSite) return;
  const setting = context.setting("ALLOWED_HOSTS");
  // While a variable is missing, only what a template left behind: to answer for nothing but this machine is a careful default.
  const proof = setting.mustBe(allowsNoSite) ?? setting.judge((value) => allowsNoSite(value) && hasPlaceholder(value));
  if (proof === undefined || proof.deployed.length > 0) return;
  const hosts = knownEntries(proof.value).map(({ text }) => text);
  if (hosts.some(isOwnHost) && mayReplaceHost(frontFiles(context))) return;
  const isFinished = context.setting("DEBUG").mustBe(isTruthy) === undefined;
  const isKnown = confidence === "confirmed" || (hasPlaceholder(proof.value) && isFinished);
  context.report({
    message: "none",
    values: { hosts: listed(hosts.slice(0, 4)), are: hosts.length === 1 ? "is" : "are" },
    proof,
    // A variable that nobody in the repository sets is hardly forgotten where the site runs.
    severity: isKnown && proof.missing.length === 0 ? "warning" : "info",
  });
}

function allowsNoSite(value: Value): boolean {
  const entries = allEntries(value) ?? [];
  return entries.length > 0 && entries.every(({ text }) => isOwnHost(text) || isPlaceholderHost(text));
}

function hasPlaceholder(value: Value): boolean {
  return knownEntries(value).some(({ text }) => isPlaceholderHost(text));
}

/** Whether a server in front may hand requests on under a host of its own, as nginx does where it is told nothing. */
function mayReplaceHost(files: readonly FrontFile[]): boolean {
  const proxies = files.filter(({ kind, text }) => kind === "directives" && /\bproxy_pass\b/.test(text));
  if (proxies.length > 0 && proxies.every(({ text }) => keepsHost(text))) return false;
  return files.some(({ kind, text }) => kind !== "routes" || /nginx|traefik|caddy|haproxy/i.test(text));
}

/** `proxy_set_header Host $host`, and nothing else for that header. */
function keepsHost(text: string): boolean {
  const given = [...text.matchAll(/\bproxy_set_header\s+Host\s+["']?([^\s"';]+)/gi)].map(([, value]) => value);
  return given.length > 0 && given.every((value) => /^\$(?:http_)?host$/i.test(value ?? ""));
}

/** A name of this machine. */
function isOwnHost(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\])$/i.test(host);
}

interface InvalidEntry extends ListEntry, JudgedPart {
  readonly reason: string;
}

function invalidEntries(value: Value): readonly InvalidEntry[] {
  const entries = knownEntries(value);
  // Everything matches already.
  if (entries.some(({ text }) => isWildcard(text))) return [];
  return entries.flatMap((entry) => {
    const reason = whyNoHost(entry.text);
    // An empty text without a place of its own comes out of a text that was split, which is another rule's finding.
    const isSplit = entry.text === "" && entry.item.site === undefined;
    return reason === undefined || isSplit ? [] : [{ ...entry, key: entry.text, reason }];
  });
}

type Fix = FixOf<typeof allowedHostsInvalidEntry>;

function fixOf(context: RuleContext, { value }: Proof, { item, text }: ListEntry): Fix | undefined {
  const { site } = item;
  const written = site && context.source(site.file)?.text.slice(site.range.start, site.range.end);
  // Only a plain literal can be replaced: a name stands for what others may use, too.
  if (site === undefined || written === undefined || !/^(["'])[^"'\\]*\1$/.test(written)) return undefined;
  const host = repairedHost(text);
  if (host === undefined) return undefined;
  const isThere = (allEntries(value) ?? []).some((other) => other.text.toLowerCase() === host);
  if (host === "" || isThere) return deleteElementFix("remove", site);
  return replaceFix("repair", site, { text: host }, { host });
}
