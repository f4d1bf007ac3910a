import { relativePath } from "../../base/path";
import { defineRule, siteOf, type RuleContext } from "../../lint/rule";
import { deploymentFiles } from "../../project/deploymentFiles";
import type { ProductionStart } from "../../project/model";
import { usageOfPath } from "../../project/nameWords";
import type { Value } from "../../python/values/value";
import { hasApp } from "../questions/apps/installedApps";
import { textOf, valueAt } from "../questions/dicts/dicts";
import { placeInList } from "../questions/fixes/elementPlaces";
import { insertFix } from "../questions/fixes/settingFixes";
import { lacksMiddleware, SECURITY, WHITENOISE } from "../questions/middleware/middleware";
import { composeServices } from "../questions/splits/composeServices";
import { runsOwnProcfile } from "../questions/storages/disks";
import { isBehindPlainProxy } from "../questions/servers/plainProxies";
import { mayServeStatic } from "../questions/storages/staticServers";
import doc from "./static-not-served.md";

export const staticNotServed = defineRule({
  id: "static-not-served",
  category: "deployment",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  messages: {
    nobody:
      "STATIC_URL is served by nobody in {module}: {file} starts the application server {how}, and Django serves no static files unless DEBUG is on, so that pages and the admin have no CSS. Add WhiteNoise, or a web server in front.",
    image:
      "STATIC_URL is served by nobody in {module}: the image of {file} starts the application server alone, the repository shows nothing in front of it, and Django serves no static files unless DEBUG is on. Add WhiteNoise, unless a web server has the files of the container.",
  },
  fixes: { whiteNoise: { safety: "unsafe", title: "Serve static files with WhiteNoise" } },
  doc,

  check(context) {
    if (!hasApp(context, "django.contrib.staticfiles") || !needsStatic(context)) return;
    const start = lonelyStart(context);
    const image = start === undefined ? imageAlone(context) : undefined;
    const shown = start ?? image;
    if (shown === undefined) return;
    const middleware = lacksMiddleware(context, /noise|static/i);
    const proof = context.setting("STATIC_URL").mustBe((value) => isLocal(textOf(value)));
    if (middleware === undefined || proof?.origin === undefined || !isOnDisk(context) || mayServeStatic(context))
      return;
    const place = placeInList(context, middleware, { after: [SECURITY] });
    context.report({
      message: image === undefined ? "nobody" : "image",
      values: {
        file: relativePath(context.snapshot.listing.root, shown.file),
        how: isBehindPlainProxy(context) ? "behind nginx, which only passes requests on" : "alone",
      },
      proof,
      chain: [{ site: siteOf(shown.file, shown.range), text: "starts the application server" }],
      fixes: [context.hasPackage("whitenoise") ? insertFix("whiteNoise", place, WHITENOISE) : undefined],
    });
  },
});

/** The admin and API pages come with files of their own; an API alone needs none. */
function needsStatic(context: RuleContext): boolean {
  return hasApp(context, "django.contrib.admin", "rest_framework", "wagtail.admin");
}

/** Files of platforms that start the server by itself: systemd and the like run on machines with more than that. */
const PLATFORM =
  /(?:^|\/)(?:Procfile|captain-definition)$|(?:^|\/)(?:fly|render|railway|nixpacks|app)[\w.-]*\.(?:toml|ya?ml|json)$/;
const IMAGE = /(?:^|\/)(?:Dockerfile\b|Containerfile\b|(?:docker-)?compose[\w.-]*\.ya?ml$)/;

/** What starts the application server where nothing else answers requests. */
function lonelyStart(context: RuleContext): ProductionStart | undefined {
  const { project, snapshot } = context;
  const isAlone = ({ file }: ProductionStart): boolean => {
    const relative = relativePath(snapshot.listing.root, file);
    if (isForDevelopers(relative) || runsOwnProcfile(context, relative)) return false;
    return (
      PLATFORM.test(relative) || (IMAGE.test(relative) && (isImagePublished(context) || isBehindPlainProxy(context)))
    );
  };
  return project.starts.find((start) => start.serves !== "worker" && isAlone(start));
}

/** The image that starts the application server, where nothing in the repository says how it is run. */
function imageAlone({ project, snapshot }: RuleContext): ProductionStart | undefined {
  const { root } = snapshot.listing;
  const [start, ...others] = project.starts.filter(({ serves }) => serves !== "worker");
  const isImage = start !== undefined && DOCKERFILE.test(relativePath(root, start.file));
  if (!isImage || others.some(({ file }) => file !== start.file)) return undefined;
  const isRun = deploymentFiles(snapshot).some(
    ({ relative }) => RUNS_IMAGES.test(relative) && !isForDevelopers(relative) && !BUILDS.test(relative),
  );
  return isRun ? undefined : start;
}

const DOCKERFILE = /(?:^|\/)(?:Dockerfile|Containerfile)\b[\w.-]*$|\.dockerfile$/i;
const BUILDS = /^\.(?:github|gitlab|circleci|travis)\b|cloudbuild|buildspec/;
/** What runs images and may give their files to a server: compose files and all manifests, but not what builds them. */
const RUNS_IMAGES = /\.(?:ya?ml|gotmpl|tf|hcl|nomad)$/;

function isForDevelopers(relative: string): boolean {
  const usage = usageOfPath(relative);
  return usage === "development" || usage === "test";
}

/**
 * Whether a compose file gives the container that is built here to visitors as it is. What a server on the machine could read,
 * because a folder with code or static files is shared with the container, is left out.
 */
function isImagePublished(context: RuleContext): boolean {
  return composeServices(context).some(({ file, buildFolder, publishedPorts, mounts }) => {
    const isShared = mounts.some(({ source, target }) => /^[./~$]/.test(source) && !/media|upload|log/i.test(target));
    const isOurs = buildFolder !== undefined && !isForDevelopers(relativePath(context.snapshot.listing.root, file));
    return isOurs && publishedPorts.length > 0 && !isShared;
  });
}

function isLocal(url: string | undefined): boolean {
  return url !== undefined && url !== "" && !/^(?:https?:)?\/\//.test(url);
}

const OWN_STORAGES = /^(?:django\.contrib\.staticfiles|whitenoise)\.storage\./;

/** Whether collectstatic certainly leaves the files on the disk. */
function isOnDisk(context: RuleContext): boolean {
  const isOwn = (value: Value | undefined): boolean => OWN_STORAGES.test(textOf(value) ?? "");
  const [old, storages] = [context.setting("STATICFILES_STORAGE"), context.setting("STORAGES")];
  const isNewFine = storages.isUnset || storages.certainly((value) => isOwn(valueAt(value, "staticfiles", "BACKEND")));
  return isNewFine && (old.isUnset || old.certainly(isOwn));
}
