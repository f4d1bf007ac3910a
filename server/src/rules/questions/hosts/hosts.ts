import { walk } from "../../../lint/edit/walk";
import { isFalsy, isTruthy } from "../../../lint/effective";
import { environmentReads } from "../../../lint/environmentReads";
import type { ReportedFix, RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import type { EnvironmentValue, Value } from "../../../python/values/value";
import type { Expr } from "../../../syntax/ast";
import { assignedBy } from "../assignments/assigned";
import { comesFromDeployment } from "../environment/environment";
import { setFix } from "../fixes/settingFixes";
import { knownEntries } from "../lists/entries";
import { middlewareSetting } from "../middleware/middleware";
import { isHostCheckedInFront } from "./frontServers";

/** Whether an item of ALLOWED_HOSTS lets every host in. */
export function isWildcard(host: string): boolean {
  return host === "*";
}

/** Whether a value of ALLOWED_HOSTS lets every host in. */
export function letsAllIn(value: Value): boolean {
  return "items" in value && value.items.some((item) => item.value.kind === "str" && isWildcard(item.value.value));
}

/** Middleware that checks the Host header itself, such as allow_cidr, which wants the wildcard in ALLOWED_HOSTS. */
const CHECKS_HOSTS = /(?<!not_?)allow|^(?=.*host).*valid/i;

/** Whether something else than ALLOWED_HOSTS checks the Host header: a middleware, or a server in front of Django. */
export function isHostCheckedElsewhere(context: RuleContext): boolean {
  const checks = (value: Value): boolean => knownEntries(value).some(({ text }) => CHECKS_HOSTS.test(text));
  return middlewareSetting(context).mayBe(checks) !== undefined || isHostCheckedInFront(context);
}

/** Whether Django takes the host of a request from X-Forwarded-Host, which clients can send as well. */
export function trustsForwardedHost(context: RuleContext): boolean {
  return context.setting("USE_X_FORWARDED_HOST").certainly(isTruthy);
}

/**
 * Reads ALLOWED_HOSTS from the environment, where each server names its own hosts; none by default, unless the start is to stop
 * without the variable. A variable that hosts are
 * read from already stays the one; where there are several, or hosts are read in another way, what is read would be lost.
 */
export function readHosts(
  context: RuleContext,
  proof: Proof,
  { isRequired = false } = {},
): ReportedFix<"readEnvironment"> | undefined {
  const reads = environmentReads(proof.outcome.value);
  const [own] = reads;
  if (comesFromDeployment(proof) || reads.length > 1) return undefined;
  if (own !== undefined) {
    const expression = assignedBy(context, proof.outcome)?.expression;
    const isEmptyByDefault = own.fallback === undefined || isFalsy(own.fallback);
    if (expression === undefined || !isEmptyByDefault || !listsPlainly(context, expression, own)) return undefined;
  }
  return setFix(context, "readEnvironment", proof, (edit, file) => {
    const variable = own?.variable ?? edit.variable({ path: ["ALLOWED_HOSTS"] });
    const hasDefault = !isRequired && (own === undefined || own.fallback !== undefined);
    const fallback = hasDefault ? "[]" : undefined;
    return edit.readEnvironment(file, variable, "list", fallback);
  });
}

/**
 * Whether an expression takes a variable's hosts as they are, split at commas, alone or added to others: then the usual read of
 * a list gives the same of them.
 */
export function listsPlainly(context: RuleContext, expression: Expr, { cast, site }: EnvironmentValue): boolean {
  const source = context.source(site.file)?.text ?? "";
  const split = /^\s*\.split\(\s*(["']),\1\s*\)/.exec(source.slice(site.range.end, site.range.end + 200))?.[0];
  if (split === undefined && cast !== "list") return false;
  const end = site.range.end + (split?.length ?? 0);
  let isPlain = expression.start <= site.range.start && end <= expression.end;
  walk([expression], (node) => {
    if (node.start > site.range.start || node.end < end) return false;
    if (node.start === site.range.start && node.end === end) return false;
    const isCopy = node.kind === "Call" && node.func.kind === "Name" && /^(?:list|tuple)$/.test(node.func.id);
    isPlain &&= isCopy || /^(?:BinOp|List|Tuple|Starred)$/.test(node.kind);
    return undefined;
  });
  return isPlain;
}

/** What a host name or address in a Host header may look like, without port, as django.http.request has it; a leading dot is for subdomains. */
const HOST = /^\.?[a-z0-9.-]*[a-z0-9-]$|^\[[a-f0-9]*:[a-f0-9.:]+\]$/;

/** Texts that are not what runs: placeholders of templates and examples. */
const PLACEHOLDER = /[{}<>$%]/;

/**
 * Why an entry of ALLOWED_HOSTS can never equal the host of a request, as the end of a sentence; `undefined` where it can.
 * Django takes the port and a final dot off a request's host, and compares without regard to case.
 */
export function whyNoHost(entry: string): string | undefined {
  const host = entry.toLowerCase();
  if (isWildcard(host) || HOST.test(host) || PLACEHOLDER.test(host)) return undefined;
  if (host === "") return "it is empty";
  if (host.includes(",")) return "it holds several hosts in one text";
  if (/\s/.test(host)) return "it has blanks in it";
  if (host.includes("://")) return "it is an address with a scheme";
  if (/^[\d.]+\/\d+$/.test(host)) return "it is a network, and Django compares hosts one by one";
  if (host.includes("/")) return "it has a path";
  if (/^[a-f0-9]*:[a-f0-9.]*:[a-f0-9.:]*$/.test(host)) return "an IPv6 address must stand in brackets";
  if (/:\d*$/.test(host)) return "it has a port";
  if (host.startsWith("*.")) return "subdomains are written with a leading dot, not with a star";
  if (host.includes("*")) return "a star counts only where it is the whole entry";
  if (host.endsWith(".")) return "it ends in a dot";
  return "it has characters that Django refuses in a Host header";
}

/** The entry that was certainly meant; empty for one that means nothing, `undefined` where a person must decide. */
export function repairedHost(entry: string): string | undefined {
  const text = entry.toLowerCase().trim();
  if (text === "") return "";
  if (/^[\d.]+\/\d+$/.test(text)) return undefined;
  if (/^[a-f0-9]*:[a-f0-9.]*:[a-f0-9.:]*$/.test(text)) return `[${text}]`;
  const host = text
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, "")
    .replace(/\/.*$/s, "")
    .replace(/:\d*$/, "")
    .replace(/^\*\./, ".")
    .replace(/\.$/, "");
  return host !== "" && whyNoHost(host) === undefined ? host : undefined;
}
