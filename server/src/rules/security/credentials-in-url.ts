import { isSettingName } from "../../project/djangoNames";
import { table } from "../../base/table";
import { pathAt } from "../../lint/edit/variableMentions";
import { environmentReads } from "../../lint/environmentReads";
import { defineRule, type ContextOf, type FixOf } from "../../lint/rule";
import type { EffectiveSetting } from "../../lint/setting";
import type { Evaluation } from "../../python/program/evaluation";
import type { EnvironmentValue } from "../../python/values/value";
import type { Call } from "../../syntax/ast";
import { mayBeImported } from "../questions/assignments/assigned";

import { urlVariable } from "../questions/databases/databaseUrls";
import { describePath, leavesOf } from "../questions/dicts/leaves";
import { defaultedRead, requireVariable } from "../questions/environment/defaults";
import { readingCall } from "../questions/environment/environment";
import { SECRET_FIXES, secretFixes, type WrittenSecret } from "../questions/secrets/secretFixes";
import { holdsUrl, urlsIn, type FoundUrl } from "../questions/secrets/urls";
import { commitmentOf, composeServices, isLoopback, isStandIn } from "../questions/secrets/written";
import doc from "./credentials-in-url.md";

type Context = ContextOf<typeof credentialsInUrl>;

/** Passwords that the images of databases and brokers come with. */
const CUSTOMARY = /^(postgres|password|guest|root|admin|user|mysql|redis|rabbitmq|test)$/i;
/** The variables that such URLs have by custom, by their scheme. */
const CUSTOMARY_VARIABLES: Readonly<Record<string, string>> = table({
  redis: "REDIS_URL",
  rediss: "REDIS_URL",
  amqp: "BROKER_URL",
});

export const credentialsInUrl = defineRule({
  id: "credentials-in-url",
  category: "security",
  severity: "error",
  severityIfAssumed: "warning",
  audience: "production",
  messages: {
    used: "{name} has a hardcoded password in its URL: {module} uses it in production, and whoever can read the repository has it. Read the whole URL from the environment, and change the password, {committed}.",
    fallback:
      "The default for {variable} is a URL with a password in it: without the variable {module} connects with what everyone with the repository knows. Remove the default, and change the password if it was ever real.",
    assumed:
      "The URL in {name} has a password in it: whoever can read the repository has it. Read the whole URL from the environment, and change the password if {module} is deployed with it.",
  },
  fixes: {
    ...SECRET_FIXES,
    dropDefault: { safety: "unsafe", title: "Require {variable} instead of falling back to the URL" },
  },
  doc,

  check(context) {
    if (!context.evaluation.answer("holds URLs with passwords", holdsUrls)) return;
    for (const name of context.evaluation.names) {
      if (mayBeImported(context, name)) continue;
      const setting = context.setting(name);
      for (const found of urlsIn(context, setting)) report(context, setting, found);
    }
  },
});

function holdsUrls({ bindings }: Evaluation): boolean {
  return bindings.some(({ expression }) => expression !== undefined && holdsUrl(expression));
}

function report(context: Context, setting: EffectiveSetting, found: FoundUrl): void {
  const { url, at, assigned, outcome, proof } = found;
  const site = { file: assigned.file, range: { start: at.start, end: at.end } };
  const path = leavesOf(setting.name, outcome.value).find(
    (leaf) => leaf.site?.file === site.file && leaf.site.range.start === at.start,
  );
  const name = path === undefined ? setting.name : describePath(path);
  const read = environmentReads(outcome.value).find((one) =>
    callAround(found, readingCall(assigned.file, assigned.expression, one)),
  );
  const isHarmless =
    (CUSTOMARY.test(url.password) || isStandIn(url.password) || url.password === url.user) &&
    (isLoopback(url.host) || !url.host.includes(".") || composeServices(context).has(url.host));
  const { committed, severity } = commitmentOf(context, site);
  context.report({
    message: read !== undefined ? "fallback" : context.isConfirmed ? "used" : "assumed",
    values: { name, variable: read?.variable ?? "", committed },
    proof,
    at: site,
    severity: isHarmless ? "hint" : severity,
    fixes: read === undefined ? literalFixes(context, found, name) : [dropDefault(found, read)],
  });
}

function callAround({ at }: FoundUrl, call: Call | undefined): boolean {
  return call !== undefined && call.start <= at.start && at.end <= call.end;
}

function literalFixes(context: Context, found: FoundUrl, name: string): readonly FixOf<typeof credentialsInUrl>[] {
  const { assigned, at, text } = found;
  const isWhole = at === assigned.expression;
  if (at.kind !== "Str" && !(at.kind === "JoinedStr" && at.values.every((part) => part.kind === "Str"))) return [];
  const own = assigned.binding.name;
  return secretFixes(context, {
    at: { file: assigned.file, range: at },
    name,
    setting: isWhole && isSettingName(own) ? own : undefined,
    text,
    variable: isWhole && isSettingName(own) ? { path: [own] } : variableInside(context, found),
  });
}

/** For a URL inside of a setting's value. */
function variableInside(context: Context, { assigned, at, url }: FoundUrl): WrittenSecret["variable"] {
  const source = context.source(assigned.file);
  const path = (source && pathAt(source.ast, at)) ?? [assigned.binding.name];
  const [setting, alias] = path;
  if (setting === "DATABASES" && alias !== undefined) return urlVariable(alias);
  const customary = CUSTOMARY_VARIABLES[url.scheme];
  return { path, ...(customary === undefined ? {} : { customary: [customary] }) };
}

function dropDefault({ assigned, at }: FoundUrl, read: EnvironmentValue): FixOf<typeof credentialsInUrl> | undefined {
  const { file, expression } = assigned;
  const written = defaultedRead(file, expression, read);
  if (written !== undefined && read.cast === "str")
    return { id: "dropDefault", edit: (edit) => requireVariable(edit, written) };
  const keyword = readingCall(file, expression, read)?.keywords.find((one) => one.value === at);
  return keyword && { id: "dropDefault", edit: (edit) => edit.deleteElement(file, keyword) };
}
