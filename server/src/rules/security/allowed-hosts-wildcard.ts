import { environmentReads } from "../../lint/environmentReads";
import { defineRule, type ContextOf, type ReportedFix } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { assignedBy } from "../questions/assignments/assigned";
import { deleteElementFix, replaceFix, type Written } from "../questions/fixes/settingFixes";
import { isDocumented } from "../questions/assignments/comments";
import { isDeployed } from "../questions/environment/environment";
import { givenWildcard } from "../questions/hosts/givenHosts";
import {
  isHostCheckedElsewhere,
  isWildcard,
  letsAllIn,
  listsPlainly,
  readHosts,
  trustsForwardedHost,
} from "../questions/hosts/hosts";
import { knownEntries } from "../questions/lists/entries";
import doc from "./allowed-hosts-wildcard.md";

type Context = ContextOf<typeof allowedHostsWildcard>;

export const allowedHostsWildcard = defineRule({
  id: "allowed-hosts-wildcard",
  category: "security",
  severity: "warning",
  audience: "production",
  aboutRequests: true,
  messages: {
    any: 'ALLOWED_HOSTS contains "*" in {module}, which runs in {environment}: a forged Host header gets into the links of mails and into caches. List the hosts that it serves.',
    byDefault:
      'ALLOWED_HOSTS falls back to "*" in {module}, which runs in {environment}: without {variables}, a forged Host header gets into the links of mails and into caches. Fall back to no host.',
    given:
      '{variable} is "*" in {file}: where that is used, ALLOWED_HOSTS of {module} contains "*", and a forged Host header gets into the links of mails and into caches. List the hosts there.',
  },
  fixes: {
    readEnvironment: { safety: "unsafe", title: "Read ALLOWED_HOSTS from the environment" },
    remove: { safety: "unsafe", title: 'Remove "*" and keep the other hosts' },
    noneByDefault: { safety: "unsafe", title: "Allow no host while {variable} is not set" },
  },
  doc,

  check(context) {
    if (isHostCheckedElsewhere(context)) return;
    const proof = context.setting("ALLOWED_HOSTS").judge(letsAllIn);
    if (proof === undefined) return reportGiven(context);
    if (trustsForwardedHost(context)) return;
    if (proof.missing.length === 0) return reportAlways(context, proof);
    context.report({
      message: "byDefault",
      proof,
      // It decides only where nobody sets the variable: a hint more than a hole in a module that anyone may deploy.
      severity: isMeant(context, proof) ? "hint" : context.isConfirmed ? "warning" : "info",
      fixes: [noneByDefault(context, proof)],
    });
  },
});

/** What the deployment files do not say, a template of variables may. */
function reportGiven(context: Context): void {
  const reads = context.setting("ALLOWED_HOSTS").outcomes.flatMap(({ value }) => environmentReads(value));
  const variables = new Set(reads.map(({ variable }) => variable).filter((one) => !isDeployed(context, one)));
  const given = variables.size === 0 ? undefined : givenWildcard(context, variables);
  if (given === undefined) return;
  const { file, variable, site } = given;
  context.report({
    message: "given",
    values: { file, variable },
    setting: "ALLOWED_HOSTS",
    at: site,
    severity: "info",
  });
}

/** Who checks the host instead, as comments say it. */
const CHECKED_ELSEWHERE =
  /\b(?:proxy|router|balancer|lb|elb|alb|ingress|gateway|edge|cdn|nginx|caddy|traefik|apache|haproxy|middleware|cloudflare|cloudfront)\b/i;

function isMeant(context: Context, proof: Proof): boolean {
  return isDocumented(context, proof, CHECKED_ELSEWHERE);
}

function reportAlways(context: Context, proof: Proof): void {
  const entries = knownEntries(proof.value);
  const wildcard = entries.find(({ text }) => isWildcard(text));
  const site = wildcard?.item.site;
  const isOneOfMany = site?.file === context.module.file && entries.length > 1;
  context.report({
    message: "any",
    proof,
    at: site,
    severity: isMeant(context, proof) ? "hint" : undefined,
    fixes: [readHosts(context, proof), isOneOfMany ? deleteElementFix("remove", site) : undefined],
  });
}

function noneByDefault(context: Context, { outcome, missing, value }: Proof): ReportedFix<"noneByDefault"> | undefined {
  const assigned = assignedBy(context, outcome);
  const [variable, ...others] = missing;
  if (assigned === undefined || variable === undefined || others.length > 0) return undefined;
  const { file, expression } = assigned;
  const [read] = environmentReads(outcome.value);
  // Other hosts that are listed, and what is done with each of them, would be lost.
  const isOnlyHost = "items" in value && value.items.length === 1;
  if (!isOnlyHost || read === undefined || !listsPlainly(context, expression, read)) return undefined;
  const written: Written = (edit) => edit.readEnvironment(file, variable, "list", "[]");
  return replaceFix("noneByDefault", { file, range: expression }, written, { variable });
}
