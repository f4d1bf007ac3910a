import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Value } from "../../python/value";
import { assignedBy, proofOf } from "../questions/assigned";
import { knownEntries } from "../questions/entries";
import { listed, variablesOf } from "../questions/environment";
import { isWildcard, readHosts } from "../questions/hosts";
import { entrySite, middlewareSetting } from "../questions/middleware";
import { aboutSetting } from "../questions/settingReport";
import doc from "./allowed-hosts-wildcard.md";

type Messages = "any" | "byDefault";
type Fixes = "readEnvironment" | "remove" | "noneByDefault";
type Context = RuleContext<Messages, Fixes>;

const SETTING = "ALLOWED_HOSTS";
/** Middleware that checks the Host header itself, such as allow_cidr, which wants the wildcard here. */
const CHECKS_HOSTS = /allow|^(?=.*host).*valid/i;

export const allowedHostsWildcard = defineRule<Messages, Fixes>({
  id: "allowed-hosts-wildcard",
  category: "security",
  severity: "warning",
  audience: "production",
  djangoChecks: [],
  messages: {
    any: 'ALLOWED_HOSTS lets every host in with "*" in {module}, which runs in {environment}: a forged Host header gets into the links of mails and into caches. List the hosts that it serves.',
    byDefault:
      'ALLOWED_HOSTS falls back to "*" in {module}, which runs in {environment}, while {variables} {is} not set: a forged Host header gets into the links of mails and into caches. Fall back to no host.',
  },
  fixes: {
    readEnvironment: { safety: "unsafe", title: "Read ALLOWED_HOSTS from the environment" },
    remove: { safety: "unsafe", title: 'Remove "*" and keep the other hosts' },
    noneByDefault: { safety: "unsafe", title: "Allow no host while {variable} is not set" },
  },
  onByDefault: true,
  doc,

  check(context) {
    if (checksHostsElsewhere(context)) return;
    const proof = context.setting(SETTING).mustBe(letsAllIn);
    if (proof === undefined) reportDefault(context);
    else reportAlways(context, proof);
  },
});

function letsAllIn(value: Value): boolean {
  return "items" in value && value.items.some((item) => item.value.kind === "str" && isWildcard(item.value.value));
}

function checksHostsElsewhere(context: Context): boolean {
  const proof = middlewareSetting(context).mayBe((value) =>
    knownEntries(value).some(({ text }) => CHECKS_HOSTS.test(text)),
  );
  return proof !== undefined;
}

function reportAlways(context: Context, proof: Proof): void {
  const entries = knownEntries(proof.value);
  const wildcard = entries.find(({ text }) => isWildcard(text));
  const site = wildcard?.item.site;
  const fixes: ReportedFix<Fixes>[] = [...readHosts(context, proof)];
  if (site?.file === context.module.file && entries.length > 1) {
    fixes.push({ id: "remove", edit: (edit) => edit.deleteElement(site.file, site.range) });
  }
  context.report({
    ...aboutSetting(context, SETTING, proof),
    message: "any",
    at: wildcard === undefined ? proof.site : entrySite(proof, wildcard),
    fixes,
  });
}

/** A default of the environment decides only where nobody sets the variable: a hint more than a hole in a module that anyone may deploy. */
function reportDefault(context: Context): void {
  const setting = context.setting(SETTING);
  const variables = variablesOf(setting.outcomes);
  const missing = setting.read("missing");
  if (variables.length === 0 || setting.read("deployed").every(({ value }) => "items" in value)) return;
  const outcome = missing.every(({ value }) => letsAllIn(value)) ? missing[0] : undefined;
  const proof = outcome === undefined ? undefined : proofOf(setting, outcome);
  if (proof === undefined) return;
  const about = aboutSetting(context, SETTING, proof);
  context.report({
    ...about,
    message: "byDefault",
    values: { ...about.values, variables: listed(variables), is: variables.length === 1 ? "is" : "are" },
    severity: context.isConfirmed ? "warning" : "info",
    fixes: noneByDefault(context, proof, variables),
  });
}

function noneByDefault(context: Context, proof: Proof, variables: readonly string[]): readonly ReportedFix<Fixes>[] {
  const assigned = assignedBy(context, proof.outcome);
  const [variable] = variables;
  if (assigned === undefined || variable === undefined || variables.length > 1) return [];
  const { file, expression } = assigned;
  return [
    {
      id: "noneByDefault",
      values: { variable },
      edit: (edit) => edit.replace(file, expression, edit.readEnvironment(file, variable, "list", "[]")),
    },
  ];
}
