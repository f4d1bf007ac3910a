import { baseName, type FilePath } from "../../../base/path";
import type { RuleContext } from "../../../lint/rule";

type Context = RuleContext;

/** A kind of deployment file by its name, and what in it says that the server in front of Django does something itself. */
interface Front {
  readonly file: RegExp;
  readonly redirects: RegExp;
  /** Only requests for hosts that it names get to Django. */
  readonly checksHost: RegExp;
  readonly limitsRate: RegExp;
}

const FRONTS: readonly Front[] = [
  // nginx and Apache: a redirect to https, whatever variable names the host.
  {
    file: /^(?=.*(?:nginx|apache|httpd|vhost|haproxy|site)).*\.(?:cfg|j2|tmpl|template)$|\.conf$/is,
    redirects: /return\s+30[1278]\s+https:|^(?=.*(?:rewrite|RewriteRule|Redirect)\s).*https:|redirect scheme https/im,
    limitsRate: /\blimit_req\b|\bmod_evasive|\bhttp_req_rate\b/,
    checksHost: /if ?\( ?\$(?:http_)?host !|\breturn 444\b|\bhdr\((?:host|Host)\)/,
  },
  // Caddy redirects to https on its own, Traefik by labels or its configuration.
  {
    file: /^Caddyfile/i,
    redirects: /^[ \t]*[a-z0-9{$*.-]/im,
    limitsRate: /\brate_limit\b/,
    checksHost: /^(?:https:\/\/)?[a-z0-9-]+(?:\.[a-z0-9-]+)+[\s,{]/im,
  },
  {
    file: /\.(ya?ml|toml)$/i,
    redirects:
      /redirectscheme|redirections?\.entrypoint|redirections:|force_https\s*=\s*true|secure:\s*always|(force-)?ssl-redirect["']?:\s*["']?true|httpsRedirect/i,
    limitsRate: /\brate-?limit|limit-r(?:ps|pm)\b/i,
    checksHost: /\bHost\(\s*[`'"]|^[ \t-]*host:[ \t]*["']?[a-z0-9-]+\.[a-z0-9.-]+/im,
  },
];

/** YAML and TOML files that may be about deployment; the rest of a workspace's is not read. */
const DEPLOYMENT = /(^|\/)(docker-)?compose[^/]*\.ya?ml$|traefik|ingress|(^|\/)(fly|app)[^/]*\.(toml|ya?ml)$/i;

/** Whether a deployment file of the workspace redirects HTTP to HTTPS before Django sees the request. */
export function isRedirectedInFront(context: Context): boolean {
  return inFront(context, (front) => front.redirects);
}

/** Whether a server in front of Django, by its configuration in the workspace, lets only requests for certain hosts through. */
export function isHostCheckedInFront(context: Context): boolean {
  return inFront(context, (front) => front.checksHost);
}

/** Whether a server in front of Django limits how many requests a client may send. */
export function isRateLimitedInFront(context: Context): boolean {
  return inFront(context, (front) => front.limitsRate);
}

/** How servers in front of Django are told to send a header: by its name, or by an option of Traefik's. */
const HEADERS = {
  contentType: /x-content-type-options|contentTypeNosniff/i,
  framing: /x-frame-options|frame-ancestors|frameDeny|customFrameOptions/i,
  hsts: /strict-transport-security|stsSeconds|\bhsts\b/i,
  referrer: /referrer-?policy/i,
} as const;

/** Whether a deployment file of the workspace adds a header to what Django answers. */
export function isSentInFront(context: Context, header: keyof typeof HEADERS): boolean {
  return inFront(context, () => HEADERS[header]);
}

/** Whether a server in front of Django compresses what it passes on. */
export function isCompressedInFront(context: Context): boolean {
  return inFront(context, () => /\bgzip\b|\bbrotli\b|^[ \t]*encode[ \t]|mod_deflate|\bDEFLATE\b|\bcompress\b/im);
}

function inFront({ snapshot }: Context, sign: (front: Front) => RegExp): boolean {
  let found = candidates.get(snapshot.listing);
  if (found === undefined) candidates.set(snapshot.listing, (found = frontsIn(snapshot.listing.files)));
  // Every file is read before one is judged, so that all that is missing is loaded at once.
  const texts = found.map(({ path, front }) => ({ front, text: snapshot.text(path) ?? "" }));
  return texts.some(({ front, text }) => sign(front).test(text));
}

interface Candidate {
  readonly path: FilePath;
  readonly front: Front;
}

/** A workspace has many files and the question is asked for every module: the names are looked through once. */
const candidates = new WeakMap<object, readonly Candidate[]>();

function frontsIn(files: Iterable<FilePath>): readonly Candidate[] {
  return [...files].flatMap((path) => {
    const front = FRONTS.find((one) => one.file.test(baseName(path)));
    if (front === undefined || (/\.(ya?ml|toml)$/i.test(path) && !DEPLOYMENT.test(path))) return [];
    return [{ path, front }];
  });
}
