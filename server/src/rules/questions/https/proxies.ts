import { entriesOf, itemsOf, nodeAt, readTrees, textOf, type TreeNode } from "../../../documents/tree";
import { isFalsy } from "../../../lint/effective";
import type { ChainLink } from "../../../lint/finding";
import { siteOf, type RuleContext } from "../../../lint/rule";
import { findInCode } from "../../../project/codeIndex";
import { deploymentFiles } from "../../../project/deploymentFiles";
import { usageOfPath } from "../../../project/nameWords";
import { frontFiles } from "../hosts/frontFiles";
import { schemeIsSet } from "../hosts/frontServers";
import type { Site } from "../../../python/values/value";

/** Programs that answer HTTPS in front of Django. */
const PROXY = /(?:^|[/_-])(nginx|traefik|caddy|haproxy|envoy)(?:$|[:_-])/;

/** What makes a server or the project's code take over the scheme that a proxy names, or has it handed over otherwise. */
const TAKES_SCHEME = /forwarded[-_]allow[-_]ips|proxy[-_]headers|uwsgi|mod_wsgi|FORWARDED_PROTO\b/i;

const IN_CODE = {
  id: "code that sets the scheme of requests",
  files: /\.py$/,
  pattern: /forwarded_allow_ips|X_FORWARDED_PROTO|X-Forwarded-Proto|wsgi\.url_scheme/i,
};

/** A proxy that ends HTTPS, so that Django gets plain HTTP and is told nothing that it believes. */
export interface TlsProxy {
  readonly name: string;
  /** Where the compose file publishes its port, and where the proxy's configuration tells Django of HTTPS, if it does. */
  readonly chain: readonly ChainLink[];
  /** What is to be done about it. */
  readonly remedy: string;
}

const TELLS = "It sets X-Forwarded-Proto already: set SECURE_PROXY_SSL_HEADER.";
const IS_SILENT = "Have the proxy set X-Forwarded-Proto, and set SECURE_PROXY_SSL_HEADER.";

/**
 * The container that answers on port 443 while gunicorn runs in another one, which does not believe a proxy on another machine
 * (its `forwarded_allow_ips` is 127.0.0.1), and SECURE_PROXY_SSL_HEADER is not set. `undefined` for all that is less certain: platforms
 * configure their servers themselves.
 */
export function tlsProxy(context: RuleContext): TlsProxy | undefined {
  const { snapshot, project } = context;
  const isUnset = context
    .setting("SECURE_PROXY_SSL_HEADER")
    .certainly((value) => value.kind === "unset" || isFalsy(value));
  if (!isUnset) return undefined;
  const files = deploymentFiles(snapshot).filter(
    ({ relative }) => !/^(?:development|test)$/.test(usageOfPath(relative) ?? ""),
  );
  const hasGunicorn = files.some(({ text }) => /\bgunicorn\b/.test(text));
  if (!hasGunicorn || files.some(({ text }) => TAKES_SCHEME.test(text))) return undefined;
  if (findInCode(snapshot, project.root, IN_CODE) !== undefined) return undefined;
  for (const { path, relative, text } of files) {
    if (!/(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/.test(relative)) continue;
    for (const document of readTrees(path, text) ?? [])
      for (const { key, value } of entriesOf(nodeAt(document, "services"))) {
        const port = publishedTls(value);
        const name = PROXY.exec(textOf(nodeAt(value, "image")) ?? "")?.[1] ?? PROXY.exec(key)?.[1];
        if (port === undefined || name === undefined) continue;
        if (name !== "nginx" || listensForTls(context)) return describeProxy(context, name, siteOf(path, port.range));
      }
  }
  return undefined;
}

function describeProxy(context: RuleContext, name: string, site: Site): TlsProxy {
  const answers = { site, text: `${name} answers HTTPS here.` };
  const scheme = schemeIsSet(context);
  if (scheme === undefined) return { name, chain: [answers], remedy: IS_SILENT };
  return { name, chain: [answers, { site: scheme, text: "X-Forwarded-Proto is set here." }], remedy: TELLS };
}

/** Unless the workspace has nginx's configuration and nothing in it is about HTTPS: then the port that is published is dead. */
function listensForTls(context: RuleContext): boolean {
  const texts = frontFiles(context).flatMap(({ kind, text }) => (kind === "directives" ? [text] : []));
  const servers = texts.filter((text) => /\blisten\s/.test(text));
  return servers.length === 0 || servers.some(mentionsTls);
}

/** In nginx's words, directive by directive. */
function mentionsTls(text: string): boolean {
  const isTls = (directive: string): boolean => /\blisten\s/.test(directive) && directive.includes("443");
  return /\bssl_certificate\b/.test(text) || text.split(/[;\n]/).some(isTls);
}

function publishedTls(service: TreeNode): TreeNode | undefined {
  return itemsOf(nodeAt(service, "ports")).find((port) => /^(?:[\d.]+:)?443:\d+(?:\/tcp)?$/.test(textOf(port) ?? ""));
}
