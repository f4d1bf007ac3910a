import { isForProduction } from "../../lint/production";
import { defineRule, type ContextOf, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { EffectiveSetting, Judged, Proof } from "../../lint/setting";
import type { Site } from "../../python/values/value";
import { assignedBy } from "../questions/assignments/assigned";
import { expressionAt } from "../questions/dicts/dicts";
import { describePath, identityOf, leavesOf, type JudgedLeaf, type Leaf } from "../questions/dicts/leaves";
import { localLinks } from "../questions/hosts/links";
import { mayRefuse } from "../questions/environment/environment";
import { isPublicHost } from "../../project/publicHosts";
import doc from "./insecure-http-url.md";

type Context = ContextOf<typeof insecureHttpUrl>;

/** Addresses of the project's own that visitors or their browsers are sent to, or that browsers may call from. */
const OWN =
  /^(?:STATIC_URL|MEDIA_URL|LOGIN_URL|LOGIN_REDIRECT_URL|LOGOUT_REDIRECT_URL|\w*(?:FRONTEND|SITE|PUBLIC|BASE|BACKEND)_URL|CSRF_TRUSTED_ORIGINS|CORS_ALLOWED_ORIGINS|CORS_ORIGIN_WHITELIST)$/;

/** What is asked from the server itself, and addresses that name things. */
const NOT_OWN = /DATABASE|REDIS|CACHE|BROKER|CELERY|PROXY|INTERNAL|NAMESPACE|SCHEMA|ELASTIC|SOLR/;

export const insecureHttpUrl = defineRule({
  id: "insecure-http-url",
  category: "security",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  messages: {
    plain:
      "{setting} has an HTTP address, {url}, in {module}, which runs in {environment}: what is sent there can be read and changed on the way{others}. Use https.",
    local:
      "{name} leads to {url} in {module}, which runs in {environment}: for visitors that is their own machine, and nothing answers there. Give it the site's address.",
    localByDefault:
      "{name} leads to {url} in {module} without {variables}: for visitors that is their own machine, and nothing answers there. Require the variable, so that a start without it fails.",
  },
  fixes: { useHttps: { safety: "unsafe", title: "Write https" } },
  doc,

  check(context) {
    const found = context.inEachSetting((setting) => [
      ...plainAddresses(setting).map((plain) => ({ plain })),
      ...localLinks(context, setting).map((local) => ({ local })),
    ]);
    reportPlain(
      context,
      found.flatMap((one) => ("plain" in one ? [one.plain] : [])),
    );
    for (const one of found) if ("local" in one) reportLocal(context, one.local);
  },
});

/** One finding for each setting. */
function reportPlain(context: Context, found: readonly Judged<JudgedLeaf>[]): void {
  for (const name of new Set(found.map(({ proof }) => proof.setting))) {
    const [first, ...others] = found.filter(({ proof }) => proof.setting === name);
    if (first === undefined) continue;
    const { part, proof } = first;
    const count = others.length === 1 ? ", as in one more item" : `, as in ${String(others.length)} more items`;
    context.report({
      message: "plain",
      values: { url: textOf(part), others: others.length === 0 ? "" : count },
      proof,
      at: part.path.length > 1 ? part.site : undefined,
      fixes: [useHttps(context, [first, ...others])],
    });
  }
}

/** A default does harm only where nobody sets the variable: most where deployment files set others. */
function reportLocal(context: Context, { part, proof }: Judged<JudgedLeaf>): void {
  const isDefault = proof.missing.length > 0;
  // What a file of variables gives is the business of whoever fills in that file.
  if (proof.data !== undefined || isComposed(context, part, proof)) return;
  if (isDefault && mayRefuse(context.evaluation, proof.missing)) return;
  context.report({
    message: isDefault ? "localByDefault" : "local",
    values: { name: describePath(part), url: textOf(part) },
    proof,
    at: part.path.length > 1 ? part.site : undefined,
    severity: isDefault ? gradeOfDefault(context) : gradeOfLink(context, proof),
  });
}

/** Whether an address is put together of other settings: what is wrong is one of those, or that it was computed before they were set. */
function isComposed(context: Context, part: Leaf, proof: Proof): boolean {
  const kind = expressionAt(context, placeOf(context, part, proof))?.kind;
  return kind === "JoinedStr" || kind === "BinOp" || kind === "Name";
}

function gradeOfDefault({ isConfirmed, project }: Context): "info" | "hint" {
  return isConfirmed && project.deployedVariables.some(isForProduction) ? "info" : "hint";
}

/** A deployment file in the repository may be filled in for a try, and a site without uploads has no use for MEDIA_URL. */
function gradeOfLink({ isConfirmed }: Context, { setting, deployed }: Proof): "warning" | "info" {
  return isConfirmed && deployed.length === 0 && setting !== "MEDIA_URL" ? "warning" : "info";
}

function plainAddresses(setting: EffectiveSetting): readonly Judged<JudgedLeaf>[] {
  const { name } = setting;
  if (!OWN.test(name) || NOT_OWN.test(name)) return [];
  return setting.judgeParts((value) => {
    const leaves = leavesOf(name, value);
    const hasTls = new Set(leaves.map(textOf));
    return (
      leaves
        .filter((leaf) => leaf.path.length <= 2 && isPlain(textOf(leaf)))
        // Listed with both schemes, it is meant for visitors that come over either.
        .filter((leaf) => !hasTls.has(textOf(leaf).replace("http:", "https:")))
        .map((leaf) => ({ ...leaf, key: identityOf({ ...leaf, path: [name] }) }))
    );
  });
}

function textOf({ value }: Leaf): string {
  return value.kind === "str" ? value.value : "";
}

function isPlain(text: string): boolean {
  const host = /^http:\/\/([^\s/:?#@]+)(?::\d+)?(?:[/?#]|$)/i.exec(text)?.[1];
  return host !== undefined && isPublicHost(host);
}

/** In all strings that are written as such. */
function useHttps(context: RuleContext, found: readonly Judged<JudgedLeaf>[]): ReportedFix<"useHttps"> | undefined {
  if (found.some(({ proof }) => proof.missing.length > 0)) return undefined;
  const sites = found.map((one) => writtenAt(context, one));
  if (sites.includes(undefined)) return undefined;
  return {
    id: "useHttps",
    edit: (edit) => {
      for (const site of sites) {
        const expression = expressionAt(context, site);
        if (site === undefined || expression?.kind !== "Str") continue;
        edit.replace(site.file, site.range, edit.quote(site.file, expression.value.replace(/^http:/i, "https:")));
      }
    },
  };
}

function writtenAt(context: RuleContext, { part, proof }: Judged<JudgedLeaf>): Site | undefined {
  const at = placeOf(context, part, proof);
  return expressionAt(context, at)?.kind === "Str" ? at : undefined;
}

/** Where an address is written, as far as that is known. */
function placeOf(context: RuleContext, { path, site }: Leaf, { outcome }: Proof): Site | undefined {
  const assigned = assignedBy(context, outcome);
  return path.length > 1 ? site : assigned && { file: assigned.file, range: assigned.expression };
}
