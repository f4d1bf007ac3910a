import { baseName, isInside, joinPath, normalizePath, parentPath } from "../../../base/path";
import { itemsOf, nodeAt, readTrees, textOf } from "../../../documents/tree";
import { siteOf, type RuleContext } from "../../../lint/rule";
import { deploymentFiles, type DeploymentFile } from "../../../project/deploymentFiles";
import { usageOfPath } from "../../../project/nameWords";
import type { Site } from "../../../python/values/value";
import { composeServices, type ComposeService } from "../splits/composeServices";
import { servedDirectories, withoutSlash, type ServedDirectory } from "./nginxLocations";

/** A directory from which something else than Django serves a URL, as Django's own machine or container has it. */
export interface OwnDirectory {
  readonly path: string;
  /** Who serves it, for people: `nginx`. */
  readonly server: string;
  /** Where that is written. */
  readonly site: Site;
  /** Whether only the last part of the path can be compared: where the project is in the container is not known. */
  readonly isInContainer: boolean;
}

/** The directories that servers and platforms of the repository serve a URL (`/static/`) from, save for development. */
export function directoriesServed(context: RuleContext, url: string): readonly OwnDirectory[] {
  const confs = nginxDirectories(context).filter((served) => withoutSlash(served.url) === withoutSlash(url));
  const services = composeServices(context).filter(({ file }) => !isForDevelopers(context, file));
  const isComposed = composeServices(context).length > 0;
  return [
    ...(isComposed ? services.flatMap((proxy) => inVolumes(proxy, services, confs)) : confs.map(onTheMachine)),
    ...platformDirectories(context, url),
  ];
}

function nginxDirectories(context: RuleContext): readonly ServedDirectory[] {
  return deploymentFiles(context.snapshot).flatMap(({ path, text }) =>
    path.endsWith(".conf") && !isForDevelopers(context, path) ? servedDirectories(path, text) : [],
  );
}

function isForDevelopers({ snapshot }: RuleContext, file: string): boolean {
  const usage = usageOfPath(file.slice(snapshot.listing.root.length + 1));
  return usage === "development" || usage === "test";
}

function onTheMachine({ directory, site }: ServedDirectory): OwnDirectory {
  return { path: directory, server: "nginx", site, isInContainer: false };
}

/** What a container with nginx serves from a volume, as the containers have it that the volume is mounted to as well. */
function inVolumes(
  proxy: ComposeService,
  services: readonly ComposeService[],
  confs: readonly ServedDirectory[],
): readonly OwnDirectory[] {
  return confs
    .filter((served) => reads(proxy, served))
    .flatMap(({ directory, site }) => {
      const around = proxy.mounts.filter(({ target }) => directory === target || directory.startsWith(`${target}/`));
      const mount = around.toSorted((a, b) => b.target.length - a.target.length)[0];
      if (mount === undefined || !/^\w[\w.-]*$/.test(mount.source)) return [];
      const rest = directory.slice(mount.target.length);
      const others = services.filter((one) => one.file === proxy.file && one !== proxy);
      return others
        .flatMap((one) => one.mounts.filter(({ source }) => source === mount.source))
        .map(({ target }) => ({ path: target + rest, server: "nginx", site, isInContainer: true }));
    });
}

/** Whether a service gets a file of nginx's: mounted to it, or with the folder that its image is built from. */
function reads({ file, name, image, mounts, buildFolder }: ComposeService, { site }: ServedDirectory): boolean {
  if (!/nginx|proxy|openresty/.test(`${name} ${image ?? ""}`)) return false;
  const paths = mounts
    .filter(({ source }) => source.startsWith("."))
    .map(({ source }) => joinPath(parentPath(file), source));
  return [...paths, ...(buildFolder === undefined ? [] : [buildFolder])].some((path) => isInside(path, site.file));
}

/** What App Engine's and Fly.io's files say of static files. */
function platformDirectories(context: RuleContext, url: string): readonly OwnDirectory[] {
  return deploymentFiles(context.snapshot).flatMap((file) => {
    const name = baseName(file.path);
    if (/^app(?:[.-][\w-]+)?\.ya?ml$/.test(name)) return ofAppEngine(context, file, url);
    return /^fly(?:[.-][\w-]+)?\.toml$/.test(name) ? ofFly(file, url) : [];
  });
}

/** `static_dir` of a handler; what is in the repository is served as it is, without collectstatic. */
function ofAppEngine({ snapshot }: RuleContext, { path, text }: DeploymentFile, url: string): readonly OwnDirectory[] {
  const handlers = (readTrees(path, text) ?? []).flatMap((tree) => itemsOf(nodeAt(tree, "handlers")));
  return handlers.flatMap((handler) => {
    const folder = nodeAt(handler, "static_dir");
    const written = isSame(textOf(nodeAt(handler, "url")), url) ? textOf(folder) : undefined;
    const directory = written === undefined ? undefined : normalizePath(joinPath(parentPath(path), written));
    if (folder === undefined || directory === undefined || snapshot.exists(directory) !== "absent") return [];
    return [{ path: directory, server: "App Engine", site: siteOf(path, folder.range), isInContainer: false }];
  });
}

/** `guest_path`, which Fly.io takes out of the image. */
function ofFly({ path, text }: DeploymentFile, url: string): readonly OwnDirectory[] {
  const statics = (readTrees(path, text) ?? []).flatMap((tree) => itemsOf(nodeAt(tree, "statics")));
  return statics.flatMap((one) => {
    const folder = nodeAt(one, "guest_path");
    const written = isSame(textOf(nodeAt(one, "url_prefix")), url) ? textOf(folder) : undefined;
    if (folder === undefined || written === undefined) return [];
    return [{ path: withoutSlash(written), server: "Fly.io", site: siteOf(path, folder.range), isInContainer: true }];
  });
}

function isSame(one: string | undefined, url: string): boolean {
  return one !== undefined && withoutSlash(one) === withoutSlash(url);
}
