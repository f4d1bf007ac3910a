import { relativePath } from "../../base/path";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { deploymentFiles, type DeploymentFile } from "../../project/deploymentFiles";
import { runserverIn, startedBy } from "../../project/entryPoints/startCommand";
import type { ProductionStart } from "../../project/model";
import { usageOfPath } from "../../project/nameWords";
import type { Site, Value } from "../../python/values/value";
import { entryAt, knownKeys, textOf } from "../questions/dicts/dicts";
import { knownEntries } from "../questions/lists/entries";
import { composeServices, type ComposeService } from "../questions/splits/composeServices";
import doc from "./localhost-service-in-container.md";

type Context = ContextOf<typeof localhostServiceInContainer>;

export const localhostServiceInContainer = defineRule({
  id: "localhost-service-in-container",
  category: "deployment",
  severity: "warning",
  audience: "production",
  messages: {
    platform:
      "{name} is {host} in {module}: {file} runs it on a platform, where no such server listens beside it, and connections are refused. Use the address of the server, from a variable.",
    host: '{name} is {host}, which is the container itself here: {file} runs the service "{web}" in a container, and connections are refused. The server is the service "{service}": use that name as the host.',
  },
  doc,

  check(context) {
    const services = composeServices(context);
    const webs = services.filter((one) => servesModule(context, one));
    const platform = webs.length === 0 ? platformFile(context) : undefined;
    if (webs.length === 0 && platform === undefined) return;
    for (const { setting, hostsIn } of PLACES) {
      const isWrong = (value: Value): boolean => hostsIn(value).some(({ host }) => LOOPBACK.test(host));
      const proof = context.setting(setting).judge(isWrong);
      // What one deployment file sets, another one may leave to the machine.
      if (proof?.origin === undefined || proof.missing.some((name) => isSomewhereSet(context, name))) continue;
      for (const found of hostsIn(proof.value)) {
        if (!LOOPBACK.test(found.host)) continue;
        if (platform === undefined) report(context, proof, found, services, webs);
        else reportPlatform(context, proof, found, platform);
      }
    }
  },
});

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/i;

interface Found {
  readonly host: string;
  /** As the message calls it. */
  readonly name: string;
  /** What serves there: a key of {@link IMAGES}. */
  readonly server: string;
  readonly site: Site | undefined;
}

interface Place {
  readonly setting: string;
  readonly hostsIn: (value: Value) => readonly Found[];
}

const PLACES: readonly Place[] = [
  { setting: "DATABASES", hostsIn: databaseHosts },
  { setting: "CACHES", hostsIn: cacheHosts },
  ...["CELERY_BROKER_URL", "CELERY_RESULT_BACKEND", "BROKER_URL"].map((setting) => ({
    setting,
    hostsIn: (value: Value) => inUrl(value, setting),
  })),
];

/** Images by what they serve; the key is what a scheme or an engine has in its name. */
const IMAGES: ReadonlyMap<string, RegExp> = new Map([
  ["postg", /(?:^|\/)(?:postgres|postgis|timescaledb|pgvector|postgresql)\b/],
  ["mysql", /(?:^|\/)(?:mysql|mariadb|percona)\b/],
  ["redis", /(?:^|\/)(?:redis|valkey|keydb|dragonfly)\b/],
  ["memcache", /(?:^|\/)memcached\b/],
  ["amqp", /(?:^|\/)rabbitmq\b/],
]);

function serverIn(text: string | undefined): string | undefined {
  return [...IMAGES.keys()].find((key) => text?.toLowerCase().includes(key) === true);
}

function databaseHosts(value: Value): readonly Found[] {
  return knownKeys(value).flatMap((alias) => {
    const entry = entryAt(value, alias, "HOST");
    const host = textOf(entry?.value);
    const server = serverIn(textOf(entryAt(value, alias, "ENGINE")?.value));
    if (host === undefined || server === undefined) return [];
    return [{ host, server, name: `HOST of the database "${alias}"`, site: entry?.valueSite }];
  });
}

function cacheHosts(value: Value): readonly Found[] {
  return knownKeys(value).flatMap((alias) => {
    const entry = entryAt(value, alias, "LOCATION");
    const server = serverIn(textOf(entryAt(value, alias, "BACKEND")?.value));
    const location = entry === undefined ? undefined : (textOf(entry.value) ?? knownEntries(entry.value)[0]?.text);
    if (server === undefined || location === undefined) return [];
    return [{ host: hostOf(location), server, name: `LOCATION of the cache "${alias}"`, site: entry?.valueSite }];
  });
}

function inUrl(value: Value, name: string): readonly Found[] {
  const url = textOf(value) ?? "";
  const server = serverIn(url.split(":", 1)[0]);
  return server === undefined ? [] : [{ host: hostOf(url), server, name, site: undefined }];
}

/** `localhost` of `redis://:secret@localhost:6379/0` and of `localhost:11211`. */
function hostOf(location: string): string {
  const authority = location.replace(/^[a-z0-9+.-]{1,30}:\/\//i, "").split("/", 1)[0] ?? "";
  return authority.slice(authority.lastIndexOf("@") + 1).replace(/:\d*$/, "");
}

/** A service that starts Django with the module, in a network of its own and not for developers or tests. */
function servesModule({ module, snapshot }: Context, service: ComposeService): boolean {
  const usage = usageOfPath(relativePath(snapshot.listing.root, service.file));
  const started = startedBy(service.command);
  if (started === undefined || started.isRunserver === true || service.isOnHostNetwork) return false;
  return usage !== "development" && usage !== "test" && (service.settings?.value ?? module.name) === module.name;
}

/** A file of a platform that runs one program a container, where no other file starts Django on a machine of one's own. */
function platformFile({ project, snapshot }: Context): string | undefined {
  const { root } = snapshot.listing;
  const isContainer = ({ file }: ProductionStart): boolean => CONTAINER.test(relativePath(root, file));
  const files = deploymentFiles(snapshot);
  const startsMore = ({ relative, text }: DeploymentFile): boolean => IMAGE.test(relative) && SERVERS.test(text);
  if (!project.starts.every(isContainer) || files.some(startsMore)) return undefined;
  // A Procfile with runserver starts what a developer needs on one machine.
  const isPlatform = ({ relative, text }: DeploymentFile): boolean =>
    PLATFORM.test(relative) && WEB.test(text) && runserverIn(text) === undefined;
  return files.find(isPlatform)?.relative;
}

const IMAGE = /(?:^|\/)Dockerfile$/;
/** Programs that an image may start beside Django, or that start several. */
const SERVERS = /\b(?:memcached|redis-server|rabbitmq-server|postgresql-\d+|supervisord?|s6-overlay)\b/;

/** What a platform starts for visitors: a process of a Procfile, services of the others. */
const WEB = /^[ \t]*(?:web[ \t]*:|services[ \t]*:|\[+(?:http_service|services|processes)\b)/m;
const PLATFORM = /^(?:Procfile|fly\.toml|render\.ya?ml)$/;
const CONTAINER = /^(?:Procfile|fly\.toml|render\.ya?ml)$|(?:^|\/)Dockerfile$/;

/** Only what no variable changes: platforms set those of the servers that they offer. */
function reportPlatform(context: Context, proof: Proof, { name, host, site }: Found, file: string): void {
  if (proof.missing.length > 0) return;
  context.report({
    message: "platform",
    values: { name, host, file },
    proof,
    at: site,
    severity: context.isConfirmed ? "warning" : "info",
  });
}

function isSomewhereSet({ project }: Context, name: string): boolean {
  return project.deployedVariables.some((one) => one.name === name);
}

function report(
  context: Context,
  proof: Proof,
  { name, host, server, site }: Found,
  services: readonly ComposeService[],
  webs: readonly ComposeService[],
): void {
  for (const web of webs) {
    // Variables may come from a file that the repository does not have.
    if (proof.missing.length > 0 && web.mayGetMore) continue;
    const service = services.find(
      (one) =>
        one.file === web.file &&
        one.image !== undefined &&
        IMAGES.get(server)?.test(one.image.split(":", 1)[0] ?? "") === true,
    );
    if (service === undefined) continue;
    const file = relativePath(context.snapshot.listing.root, web.file);
    const { nameRange } = service;
    return context.report({
      message: "host",
      values: { name, host, file, web: web.name, service: service.name },
      proof,
      at: site,
      chain: [{ site: siteOf(service.file, nameRange), text: `runs ${service.image ?? ""}` }],
    });
  }
}
