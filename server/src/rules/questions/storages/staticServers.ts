import { relativePath } from "../../../base/path";
import type { RuleContext } from "../../../lint/rule";
import { findInCode, searchesAll, type CodeQuestion } from "../../../project/codeIndex";
import { deploymentFiles, type DeploymentFile } from "../../../project/deploymentFiles";
import { perListing } from "../../../project/perListing";
import { isBehindPlainProxy } from "../servers/plainProxies";
import { frontFiles, frontKindOf, textWithoutComments, type FrontFile } from "../hosts/frontFiles";

/** Servers in front of Django that can serve files, and what tells a platform or an application server to do so. */
const SERVERS =
  /nginx|caddy|apache|httpd|openresty|lighttpd|\.htaccess|vhost|static[-_]map|static_dir|\[\[statics\]\]|staticPublishPath|alias[ \t]+\S{0,200}static|\bdokku\b|cloudfront|whitenoise/i;

const IN_CODE: CodeQuestion = {
  id: "code that serves static files",
  files: /\.py$/,
  pattern:
    /\b(?:from|import)[ \t]+(?:whitenoise|dj_static|servestatic|blacknoise)\b|\bviews\.static\b|\bserve\(|\bStaticFiles\(|\bWhiteNoise\w*\(|\bASGIStaticFilesHandler\b|\bStaticFilesHandler\b/,
};

/** Files around a server (its image, its scripts); what configures it is judged by what it says. */
const namedServers = perListing(({ root, files }) =>
  [...files].some((file) => {
    const relative = relativePath(root, file);
    const isOther = /\.(?:py|html|css|js|svg|png)$/.test(relative) || frontKindOf(relative) !== undefined;
    return !isOther && SERVERS.test(relative);
  }),
);

/** Blocks and directives of nginx and Apache, whatever their file is called. */
const SERVES = /^[ \t]*(?:server|location)[ \t{=~^*/]|<VirtualHost\b|^[ \t]*(?:DocumentRoot|Alias)\b/im;

/** Whether anything in the repository may serve static files without Django's help. Errs towards yes. */
export function mayServeStatic(context: RuleContext): boolean {
  const { snapshot, project } = context;
  const isPlain = isBehindPlainProxy(context);
  return (
    namedServers(snapshot.listing) ||
    frontFiles(context).some((file) => mayServe(context, isPlain ? withoutProxy(file) : file)) ||
    deploymentFiles(snapshot).some((file) => isToldToServe(context, file)) ||
    findInCode(snapshot, project.root, IN_CODE) !== undefined ||
    !searchesAll(snapshot, project.root, IN_CODE.files)
  );
}

/** Without what is known to pass requests on and do nothing else. */
function withoutProxy(file: FrontFile): FrontFile {
  return { ...file, text: file.kind === "directives" ? "" : file.text.replace(/nginx/gi, "") };
}

/** A file of nginx's may be a part of a configuration, and Caddy serves files with a line or two: any that says something. */
function mayServe({ snapshot }: RuleContext, { path, kind, text }: FrontFile): boolean {
  if (kind === "routes") return SERVERS.test(text);
  const isServers = kind === "caddy" || SERVERS.test(relativePath(snapshot.listing.root, path));
  return isServers ? /\S/.test(text) : SERVERS.test(text) || SERVES.test(text);
}

/** What configures a server in front is judged above, where that of development is left out. */
function isToldToServe({ snapshot }: RuleContext, { path, relative }: DeploymentFile): boolean {
  return frontKindOf(relative) === undefined && SERVERS.test(textWithoutComments(snapshot, path));
}
