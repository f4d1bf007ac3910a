import { baseName, relativePath } from "../../base/path";
import {
  isPlaceholder,
  isSecretName,
  looksRandom,
  secretKeyWeaknesses,
  tokenKind,
  urlWithPassword,
} from "../../django/secrets";
import { environmentReads } from "../../lint/environmentReads";
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
    url: "{variable} has a committed password in its URL: {setting} reads it in production, and whoever can read the repository can use it. Let the platform, or a file that git ignores, set it, and replace it.",
    server:
      "{variable} is a committed password: {server} starts with it in production, and whoever can read the repository can use it. Let the platform, or a file that git ignores, set it, and replace it.",
  },
  doc,

  check(context) {
    const variables = context.project.deployedVariables;
    const services = variables.some(({ purpose }) => purpose === "any") ? composeServices(context) : [];
    const committed = variables.filter((one) => isCommitted(context, services, one));
    if (committed.length === 0) return;
    const uses = secretUses(context);
    // Several services of a file get the same, the database and its clients for instance.
    const reported = new Set<string>();
    for (const variable of committed) {
      const found = secretOf(variable, uses) ?? passwordOfServer(context, variable);
      // Who tries the project out on one machine has simple passwords in such a file.
      const isTold = variable.purpose !== "any";
      if (found === undefined || (!isTold && tokenKind(found.secret) === undefined && !looksRandom(found.secret)))
        continue;
      const same = JSON.stringify([variable.file, found.secret]);
      if (reported.has(same)) continue;
      reported.add(same);
      const { message, secret, use, values } = found;
      context.report({
        message,
        values: { variable: variable.name, ...values },
        at: siteOf(variable.file, variable.range),
        severity: isTold && looksRandom(secret) ? "error" : "warning",
        chain: use === undefined ? [] : [{ site: use.site, text: `${use.setting} reads it.` }],
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

/** What settings that serve production read from a variable. */
interface SecretUse {
  readonly variable: string;
  /** The setting as Python reaches it: `DATABASES["default"]["PASSWORD"]`. */
  readonly setting: string;
  /** The part of it that the variable's text is, where that is a secret by its name. */
  readonly leaf: Leaf | undefined;
  readonly site: Site;
}

/** The first use of each variable: as a secret, else as part of a setting. */
function secretUses(context: RuleContext): ReadonlyMap<string, SecretUse> {
  const entries = context.entries.filter(({ module }) => module.role !== "development" && module.role !== "test");
  const found = context.inEachName(entries, (name, { evaluation }) =>
    evaluation
      .outcomes(name)
      .flatMap(({ value }) => [
        ...environmentReads(value).map((read) => ({ ...read, setting: name, leaf: undefined })),
        ...leavesOf(name, value).flatMap(secretUse),
      ]),
  );
  const secrets = found.filter(({ leaf }) => leaf !== undefined);
  return new Map([...found.toReversed(), ...secrets.toReversed()].map((use) => [use.variable, use]));
}

function secretUse(leaf: Leaf): readonly SecretUse[] {
  const { value } = leaf;
  if (value.kind !== "environment" || !isSecretName(keyOfLeaf(leaf))) return [];
  return [{ variable: value.variable, setting: describePath(leaf), leaf, site: value.site }];
}

interface FoundSecret {
  readonly message: "committed" | "url" | "server";
  readonly secret: string;
  readonly use: SecretUse | undefined;
  readonly values: Readonly<Record<string, string>>;
}

/** The secret that a variable's text is or has in it, if any. */
function secretOf(
  { name, value: text = "" }: DeployedVariable,
  uses: ReadonlyMap<string, SecretUse>,
): FoundSecret | undefined {
  const use = uses.get(name);
  if (use?.leaf !== undefined && isSecret(use.leaf, text))
    return { message: "committed", secret: text, use, values: { setting: use.setting } };
  const password = use === undefined ? undefined : urlWithPassword(text)?.password;
  if (use !== undefined && password !== undefined && !name.endsWith("DSN") && isPassword(password))
    return { message: "url", secret: password, use, values: { setting: use.setting } };
  return undefined;
}

/** The password that a server is started with in a file that is for production by its name; no default of a variable. */
function passwordOfServer(
  { snapshot }: RuleContext,
  { name, value: text = "", purpose, file, range }: DeployedVariable,
): FoundSecret | undefined {
  const server = purpose === "any" ? undefined : SERVERS.find(([variable]) => variable.test(name))?.[1];
  if (server === undefined || text === "" || isPlaceholder(text) || ELSEWHERE.test(text)) return undefined;
  const isFixed = snapshot.text(file)?.slice(range.start, range.end).includes("${") === false;
  return isFixed ? { message: "server", secret: text, use: undefined, values: { server } } : undefined;
}

/** What the images of servers call their passwords: https://hub.docker.com/_/postgres and those of the others. */
const SERVERS: readonly (readonly [variable: RegExp, server: string])[] = [
  [/^POSTGRES_PASSWORD$/, "PostgreSQL"],
  [/^MYSQL_(?:ROOT_)?PASSWORD$/, "MySQL"],
  [/^MARIADB_(?:ROOT_)?PASSWORD$/, "MariaDB"],
  [/^MONGO_INITDB_ROOT_PASSWORD$/, "MongoDB"],
  [/^RABBITMQ_DEFAULT_PASS$/, "RabbitMQ"],
];

/** What a platform or a tool has encrypted (`EV[...]`, `ENC[...]`), and what names a place where the secret is. */
const ELSEWHERE = /^(?:EV|ENC)\[|^(?:vault|arn|secret|sm|op|ref):|^projects\//;

/** A weak key is told by `secret-key-weak`, at the same place. */
function isSecret(leaf: Leaf, text: string): boolean {
  if (text.length < 8 || isPlaceholder(text) || isStandIn(text) || ELSEWHERE.test(text)) return false;
  if (leaf.path[0] === "SECRET_KEY") return secretKeyWeaknesses(text).length === 0;
  return tokenKind(text) !== undefined || looksRandom(text) || keyOfLeaf(leaf) === "PASSWORD";
}

function isPassword(text: string): boolean {
  return text.length >= 5 && !isStandIn(text) && !ELSEWHERE.test(text);
}
