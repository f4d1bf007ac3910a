import { relativePath } from "../../base/path";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import { serverOf } from "../../project/entryPoints/startCommand";
import { usageOfPath } from "../../project/nameWords";
import { composeServices, type ComposeService, type PublishedPort } from "../questions/splits/composeServices";
import doc from "./service-port-published.md";

type Context = ContextOf<typeof servicePortPublished>;

export const servicePortPublished = defineRule({
  id: "service-port-published",
  category: "deployment",
  severity: "warning",
  audience: "project",
  messages: {
    open: "Port {port} of {service} is open to everybody: it is published on all interfaces of the machine, past its firewall, so that others can try passwords{why}. The other services reach it without that. Delete the port, or put 127.0.0.1: in front.",
  },
  fixes: { local: { safety: "unsafe", title: "Publish it for the machine itself only" } },
  doc,

  check(context) {
    const services = composeServices(context);
    for (const service of services) {
      const server = SERVERS.find(({ image }) => image.test(nameOf(service)));
      const [port] = server === undefined ? [] : service.publishedPorts.filter(isOpen);
      if (server === undefined || port === undefined) continue;
      const usage = usageOfPath(relativePath(context.snapshot.listing.root, service.file));
      const isServed = services.some((one) => one.file === service.file && servesSite(one));
      if (usage === "production" || usage === "staging") report(context, service, port, server, undefined);
      else if (usage === undefined && isServed) report(context, service, port, server, "info");
    }
  },
});

/** The image without its tag. */
function nameOf({ image = "" }: ComposeService): string {
  const at = image.lastIndexOf(":");
  return at > image.lastIndexOf("/") ? image.slice(0, at) : image;
}

interface Server {
  /** Matches the image's name without its tag. */
  readonly image: RegExp;
  /** Whether the image lets everybody in who says no name. */
  readonly isOpen: boolean;
}

const SERVERS: readonly Server[] = [
  { image: /(?:^|\/)(?:postgres|postgis|timescaledb|pgvector|mysql|mariadb|percona|rabbitmq|neo4j)\b/, isOpen: false },
  {
    image: /(?:^|\/)(?:redis|valkey|keydb|dragonfly|memcached|mongo|elasticsearch|opensearch|solr|minio)\b/,
    isOpen: true,
  },
];

function isOpen({ host, port }: PublishedPort): boolean {
  return port !== undefined && (host === undefined || host === "0.0.0.0");
}

/** Whether a service starts a server as where it is deployed: a developer's restarts when code changes. */
function servesSite({ command }: ComposeService): boolean {
  return serverOf(command) !== undefined && !/--reload\b/.test(command);
}

function report(
  context: Context,
  service: ComposeService,
  port: PublishedPort,
  { isOpen: letsIn }: Server,
  severity: "info" | undefined,
): void {
  const { file, name } = service;
  const isQuoted = /^["']/.test(context.snapshot.text(file)?.slice(port.range.start) ?? "");
  const at = port.range.start + (isQuoted ? 1 : 0);
  context.report({
    message: "open",
    values: { service: name, port: port.port ?? "", why: letsIn ? ", if it asks for one at all" : "" },
    at: siteOf(file, port.range),
    severity,
    fixes: [
      port.isShort && port.host === undefined
        ? { id: "local", edit: (edit) => edit.insert(file, at, "127.0.0.1:") }
        : undefined,
    ],
  });
}
