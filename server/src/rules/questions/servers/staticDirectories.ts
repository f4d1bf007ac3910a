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
  /** Whether files anywhere below it are served, under URLs of their own. */
  readonly isTree?: boolean;
}

/** The directories that servers and platforms of the repository serve a URL (`/static/`) from, save for development. */
export function directoriesServed(context: RuleContext, url: string): readonly OwnDirectory[] {
  const confs = nginxDirectories(context).filter((served) => withoutSlash(served.url) === withoutSlash(url));
  const services = composeServices(context).filter(({ file }) => !isForDevelopers(context, file));
  const isComposed = composeServices(context).length > 0;
  return [
    ...(isComposed ? services.flatMap((proxy) => inVolumes(context, proxy, services, confs)) : confs.map(onTheMachine)),
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

/**
 * What a container with nginx serves from a volume or folder, as the containers have it that this is mounted to as well. A folder of
 * the repository is served as it is, without collectstatic.
 */
function inVolumes(
  { snapshot }: RuleContext,
  proxy: ComposeService,
  services: readonly ComposeService[],
  confs: readonly ServedDirectory[],
): readonly OwnDirectory[] {
  return confs
    .filter((served) => reads(proxy, served))
    .flatMap(({ directory, site }) => {
      const around = proxy.mounts.filter(({ target }) => directory === target || directory.startsWith(`${target}/`));
      const mount = around.toSorted((a, b) => b.target.length - a.target.length)[0];
      const served = mount && sourceOf(proxy, mount.source);
      if (mount === undefined || served === undefined) return [];
      if (served.startsWith("/") && snapshot.exists(served) !== "absent") return [];
      const rest = directory.slice(mount.target.length);
      const others = services.filter((one) => one.file === proxy.file && one !== proxy);
      return others.flatMap((one) =>
        one.mounts.flatMap(({ source, target }) => {
          const own = sourceOf(one, source);
          if (own === undefined || !isInside(own, served)) return [];
          const path = withoutSlash(target + served.slice(own.length)) + rest;
          return [{ path, server: "nginx", site, isInContainer: true }];
        }),
      );
    });
}

/** What is mounted: a volume by its name, a folder of the machine by its path; `undefined` where a variable says it. */
function sourceOf({ file }: ComposeService, source: string): string | undefined {
  if (/^\w[\w.-]*$/.test(source)) return source;
  const isRelative = /^\.{1,2}(?:\/|$)/.test(source) && !source.includes("$");
  return isRelative ? withoutSlash(normalizePath(joinPath(parentPath(file), source))) : undefined;
}

/** Whether a service gets a file of nginx's: mounted to it, or with the folder that its image is built from. */
function reads({ file, name, image, mounts, buildFolder }: ComposeService, { site }: ServedDirectory): boolean {
  if (!/nginx|proxy|openresty/.test(`${name} ${image ?? ""}`)) return false;
  const paths = mounts
    .filter(({ source }) => source.startsWith("."))
    .map(({ source }) => joinPath(parentPath(file), source));
  return [...paths, ...(buildFolder === undefined ? [] : [buildFolder])].some((path) => isInside(path, site.file));
}

/** What the files of App Engine, Fly.io and Vercel say of static files. */
function platformDirectories(context: RuleContext, url: string): readonly OwnDirectory[] {
  return deploymentFiles(context.snapshot).flatMap((file) => {
    const name = baseName(file.path);
    if (/^app(?:[.-][\w-]+)?\.ya?ml$/.test(name)) return ofAppEngine(context, file, url);
    if (name === "vercel.json") return ofVercel(context, file, url);
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

/** `distDir`, which Vercel publishes as the script has left it; where the script speaks of it, it may fill it by itself. */
function ofVercel({ snapshot }: RuleContext, { path, text }: DeploymentFile, url: string): readonly OwnDirectory[] {
  const trees = readTrees(path, text) ?? [];
  const routes = trees.flatMap((tree) => itemsOf(nodeAt(tree, "routes")));
  // Requests for files go to Django otherwise.
  if (!routes.some((route) => textOf(nodeAt(route, "src"))?.startsWith(withoutSlash(url)) === true)) return [];
  const builds = trees.flatMap((tree) => itemsOf(nodeAt(tree, "builds")));
  return builds.flatMap((build) => {
    const folder = nodeAt(build, "config", "distDir");
    const [written, source] = [textOf(folder), textOf(nodeAt(build, "src"))];
    if (folder === undefined || written === undefined || source?.endsWith(".sh") !== true) return [];
    const script = joinPath(parentPath(path), source);
    const isFilled = snapshot.text(script)?.includes(baseName(withoutSlash(written))) !== false;
    if (isFilled) return [];
    const directory = joinPath(parentPath(script), withoutSlash(written));
    return [
      { path: directory, server: "Vercel", site: siteOf(path, folder.range), isInContainer: false, isTree: true },
    ];
  });
}

function isSame(one: string | undefined, url: string): boolean {
  return one !== undefined && withoutSlash(one) === withoutSlash(url);
}
