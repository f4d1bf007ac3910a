import { relativePath } from "../../../base/path";
import type { RuleContext } from "../../../lint/rule";
import { findInCode, searchesAll, type CodeQuestion } from "../../../project/codeIndex";
import { deploymentFiles } from "../../../project/deploymentFiles";
import { perListing } from "../../../project/perListing";

/** Servers in front of Django that can serve files, and what tells a platform or an application server to do so. */
const SERVERS =
  /nginx|caddy|apache|httpd|openresty|lighttpd|\.htaccess|vhost|static[-_]map|static_dir|\[\[statics\]\]|staticPublishPath|alias[ \t]+\S{0,200}static|\bdokku\b|cloudfront|whitenoise/i;

const IN_CODE: CodeQuestion = {
  id: "code that serves static files",
  files: /\.py$/,
  pattern:
    /\b(?:from|import)[ \t]+(?:whitenoise|dj_static|servestatic|blacknoise)\b|\bviews\.static\b|\bserve\(|\bStaticFiles\(|\bWhiteNoise\w*\(|\bASGIStaticFilesHandler\b|\bStaticFilesHandler\b/,
};

const namedServers = perListing(({ root, files }) =>
  [...files].some((file) => SERVERS.test(relativePath(root, file)) && !/\.(?:py|html|css|js|svg|png)$/.test(file)),
);

/** Whether anything in the repository may serve static files without Django's help. Errs towards yes. */
export function mayServeStatic({ snapshot, project }: RuleContext): boolean {
  return (
    namedServers(snapshot.listing) ||
    deploymentFiles(snapshot).some(({ text }) => SERVERS.test(text)) ||
    findInCode(snapshot, project.root, IN_CODE) !== undefined ||
    !searchesAll(snapshot, project.root, IN_CODE.files)
  );
}
