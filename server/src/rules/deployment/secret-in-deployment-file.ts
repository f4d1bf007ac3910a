import { baseName, relativePath } from "../../base/path";
import { isPlaceholder, isSecretName, looksRandom, secretKeyWeaknesses, tokenKind } from "../../django/secrets";
import { isForProduction } from "../../lint/production";
import { defineRule, siteOf, type RuleContext } from "../../lint/rule";
import { isEnvFile } from "../../project/entryPoints/formats";
import type { DeployedVariable } from "../../project/model";
import type { Site } from "../../python/values/value";
import { describePath, keyOfLeaf, leavesOf, type Leaf } from "../questions/dicts/leaves";
import { composeServices, mountsFolder, type ComposeService } from "../questions/splits/composeServices";
import { isStandIn } from "../questions/secrets/written";
import doc from "./secret-in-deployment-file.md";

export const secretInDeploymentFile = defineRule({
  id: "secret-in-deployment-file",
  category: "deployment",
  severity: "error",
  audience: "project",
  messages: {
    committed:
      "{variable} is a committed secret: {setting} reads it in production, and whoever can read the repository can use it. Let the platform, or a file that git ignores, set it, and replace it.",
  },
  doc,

  check(context) {
    const variables = context.project.deployedVariables;
    const services = variables.some(({ purpose }) => purpose === "any") ? composeServices(context) : [];
    const committed = variables.filter((one) => isCommitted(context, services, one));
    if (committed.length === 0) return;
    const uses = secretUses(context);
    const reported = new Set<string>();
    for (const variable of committed) {
      const use = uses.get(variable.name);
      const text = variable.value ?? "";
      if (use === undefined || !isSecret(use.leaf, text)) continue;
      // Who tries the project out on one machine has simple passwords in such a file.
      const isTold = variable.purpose !== "any";
      if (!isTold && tokenKind(text) === undefined && !looksRandom(text)) continue;
      // Several services of a file get the same.
      const same = JSON.stringify([variable.file, variable.name, text]);
      if (reported.has(same)) continue;
      reported.add(same);
      context.report({
        message: "committed",
        values: { variable: variable.name, setting: describePath(use.leaf) },
        at: siteOf(variable.file, variable.range),
        severity: isTold && looksRandom(text) ? "error" : "warning",
        chain: [{ site: use.site, text: `${describePath(use.leaf)} reads it.` }],
      });
    }
  },
});

/**
 * Whether what a file that is deployed says is in the repository. A compose file whose name says nothing is deployed where it mounts
 * no folder of the machine. Files of variables that should not be in the repository at all have a rule of their own.
 */
function isCommitted(
  { snapshot }: RuleContext,
  services: readonly ComposeService[],
  { value, file, scope, purpose }: DeployedVariable,
): boolean {
  const relative = relativePath(snapshot.listing.root, file);
  if (value === undefined || isEnvFile(relative, baseName(relative))) return false;
  if (purpose !== "any") return isForProduction({ purpose });
  const service = services.find((one) => one.file === file && one.name === scope);
  return service !== undefined && !mountsFolder(service);
}

interface SecretUse {
  readonly variable: string;
  readonly leaf: Leaf;
  readonly site: Site;
}

/** The first use of each variable whose text is a secret of a module that serves production, as it is read. */
function secretUses(context: RuleContext): ReadonlyMap<string, SecretUse> {
  const entries = context.entries.filter(({ module }) => module.role !== "development" && module.role !== "test");
  const found = context.inEachName(entries, (name, { evaluation }) =>
    evaluation.outcomes(name).flatMap(({ value }) => leavesOf(name, value).flatMap(secretUse)),
  );
  return new Map(found.toReversed().map((use) => [use.variable, use]));
}

function secretUse(leaf: Leaf): readonly SecretUse[] {
  const { value } = leaf;
  if (value.kind !== "environment" || !isSecretName(keyOfLeaf(leaf))) return [];
  return [{ variable: value.variable, leaf, site: value.site }];
}

/** What a platform or a tool has encrypted (`EV[...]`, `ENC[...]`), and what names a place where the secret is. */
const ELSEWHERE = /^(?:EV|ENC)\[|^(?:vault|arn|secret|sm|op|ref):|^projects\//;

/** A weak key is told by `secret-key-weak`, at the same place. */
function isSecret(leaf: Leaf, text: string): boolean {
  if (text.length < 8 || isPlaceholder(text) || isStandIn(text) || ELSEWHERE.test(text)) return false;
  if (leaf.path[0] === "SECRET_KEY") return secretKeyWeaknesses(text).length === 0;
  return tokenKind(text) !== undefined || looksRandom(text) || keyOfLeaf(leaf) === "PASSWORD";
}
