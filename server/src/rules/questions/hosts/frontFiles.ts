import { baseName, relativePath, type FilePath } from "../../../base/path";
import type { RuleContext } from "../../../lint/rule";
import { formatOf } from "../../../project/entryPoints/formats";
import { usageOfPath } from "../../../project/nameWords";
import { perListing } from "../../../project/perListing";
import type { Snapshot } from "../../../project/snapshot";

/** `directives`: nginx, Apache and HAProxy. `routes`: YAML and TOML of Traefik, compose files, ingresses and platforms. */
export type FrontKind = "directives" | "caddy" | "routes";

/** A file that configures what stands in front of Django, or the server that runs it. */
export interface FrontFile {
  readonly path: FilePath;
  readonly kind: FrontKind;
  /** With blanks in place of comments. */
  readonly text: string;
}

const TEMPLATE = /\.(?:j2|jinja2?|tmpl|tpl|template|erb|in|dist|example|sample)$/i;
const WEB_SERVER =
  /nginx|apache|httpd|vhost|haproxy|openresty|sites?(?:-(?:available|enabled))?(?=[/._-]|$)|conf\.d\//i;
const CONFIGURATION = /\.(?:conf|cfg|vhost)$|\.htaccess$|(?:^|\/)\.ebextensions\/[^/]*\.config$/i;
/** What lies in a web server's folder and is no configuration. */
const OTHER =
  /\.(?:md|rst|txt|sh|py|js|html?|css|svg|png|ya?ml|json|toml|lua|pem|crt|key|log)$|(?:^|\/)(?:Dockerfile|Makefile)\b|\/\.\w+$/i;
/** YAML and TOML files that may be about deployment by their names; of others only what discovery reads. */
const ROUTES = /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$|traefik|ingress|(?:^|\/)(?:fly|app)[^/]*\.(?:toml|ya?ml)$/i;

/** How a file configures a server by its path; `undefined` where it does not. */
export function frontKindOf(relative: string): FrontKind | undefined {
  const bare = relative.replace(TEMPLATE, "");
  if (/caddyfile|\.caddy$/i.test(baseName(bare)) && !OTHER.test(bare)) return "caddy";
  if (/\.(?:ya?ml|toml)$/i.test(bare)) {
    const isManifest = ROUTES.test(bare) || formatOf(relative) !== undefined;
    return isManifest && !/(?:^|\/)\.(?:github|gitlab|circleci)/.test(relative) ? "routes" : undefined;
  }
  if (CONFIGURATION.test(bare) && (/\.conf$|ebextensions/i.test(bare) || WEB_SERVER.test(bare))) return "directives";
  return WEB_SERVER.test(bare) && /(?:^|\/)[\w-]+$/.test(bare) && !OTHER.test(bare) && bare.includes("/")
    ? "directives"
    : undefined;
}

const candidates = perListing(({ root, files }) =>
  [...files].flatMap((path) => {
    const relative = relativePath(root, path);
    const kind = frontKindOf(relative);
    const usage = usageOfPath(relative);
    return kind === undefined || usage === "development" || usage === "test" ? [] : [{ path, kind }];
  }),
);

/**
 * The files of the workspace that configure servers in front of Django, templates and examples included, those for development
 * and tests left out. Whose traffic they are about is not known: a rule is silenced by any of them.
 */
export function frontFiles({ snapshot }: RuleContext): readonly FrontFile[] {
  const found = candidates(snapshot.listing);
  // Every file is asked for before one is judged, so that all that is missing is loaded at once.
  const texts = found.map(({ path }) => textWithoutComments(snapshot, path));
  return found.map((each, i) => ({ ...each, text: texts[i] ?? "" }));
}

/** The text of a file whose comments begin with `#`, as most do that deploy something, with blanks in place of them. */
export function textWithoutComments(snapshot: Snapshot, path: FilePath): string {
  const blank = (text: string): string => text.replace(/(?<![^\s])#[^\n]*/g, (comment) => " ".repeat(comment.length));
  return snapshot.derive("without comments", path, blank) ?? "";
}
