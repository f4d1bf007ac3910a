import { siteOf, type RuleContext } from "../../../lint/rule";
import type { Site } from "../../../python/values/value";
import { caddySites } from "./caddySites";
import { frontFiles, type FrontFile, type FrontKind } from "./frontFiles";
import { redirectsOnPlatform } from "./platforms";

type Context = RuleContext;

/** What a server in front of Django does itself, by what its configuration says; a fact without a pattern never shows in that kind. */
type Signs = Readonly<Partial<Record<FrontKind, RegExp | ((file: FrontFile) => boolean)>>>;

const REDIRECTS: Signs = {
  // A redirect to https, whatever variable names the host.
  directives:
    /return\s+30[1278]\s+https:|^(?=.*(?:rewrite|RewriteRule|Redirect(?:Permanent|Match)?)\s).*https:|redirect scheme https/im,
  // Caddy redirects to https on its own.
  caddy: ({ text }) =>
    !/\bauto_https\s+(?:off|disable_redirects)\b/.test(text) && caddySites(text).some(({ isTls }) => isTls),
  routes:
    /redirectscheme|redirections?\.entrypoint|redirections:|force_https\s*=\s*true|secure:\s*always|(?:force-)?ssl-redirect["']?:\s*["']?true|httpsRedirect|redirectToHttps|redirect-to-https/i,
};

const CHECKS_HOST: Signs = {
  // Only requests for hosts that it names get to Django.
  directives: /if ?\( ?\$(?:http_)?host !|\breturn 444\b|\bhdr\((?:host|Host)\)/,
  caddy: ({ text }) => caddySites(text).some(({ isNamed }) => isNamed),
  routes: /\bHost\(\s*[`'"]|^[ \t-]*host:[ \t]*["']?[a-z0-9-]+\.[a-z0-9.-]+/im,
};

const LIMITS_RATE: Signs = {
  directives: /\blimit_req\b|\bmod_evasive|\bhttp_req_rate\b/,
  caddy: /\brate_limit\b/,
  routes: /\brate-?limit|limit-r(?:ps|pm)\b/i,
};

const COMPRESSES: Signs = {
  directives:
    /^[ \t]*(?:gzip|brotli|zstd)[ \t]+on\b|mod_(?:deflate|brotli)|\b(?:DEFLATE|BROTLI_COMPRESS)\b|^[ \t]*compression[ \t]+algo\b/im,
  caddy: /^[ \t]*encode\b/m,
  routes: /middlewares[\w.-]{1,80}\.compress\b|^[ \t]*compress:|(?:use-gzip|enable-brotli)["']?:[ \t]*["']?true/im,
};

/** How servers in front of Django are told to send a header: by its name, or by an option of Traefik's. */
const HEADERS = {
  contentType: /x-content-type-options|contentTypeNosniff/i,
  framing: /x-frame-options|frame-ancestors|frameDeny|customFrameOptions/i,
  hsts: /strict-transport-security|stsSeconds|\bhsts\b/i,
  referrer: /referrer-?policy/i,
} as const;

/** Lines that take a header of Django's away, or look at one. */
const NOT_SENT =
  /\b(?:proxy|uwsgi|fastcgi)_(?:hide|pass)_header\b|\bmore_clear_headers\b|\bunset\b|\bdel-header\b|^[ \t]*(?:header[ \t]+)?-[A-Za-z]|\$(?:sent_)?http_/;

/** Whether a server or a platform in front of Django redirects HTTP to HTTPS before Django sees the request. */
export function isRedirectedInFront(context: Context): boolean {
  return inFront(context, REDIRECTS) || redirectsOnPlatform(context);
}

/** Whether a server in front of Django lets only requests for certain hosts through. */
export function isHostCheckedInFront(context: Context): boolean {
  return inFront(context, CHECKS_HOST);
}

/** Whether a server in front of Django limits how many requests a client may send. */
export function isRateLimitedInFront(context: Context): boolean {
  return inFront(context, LIMITS_RATE);
}

/** Whether a server in front of Django compresses what it passes on. */
export function isCompressedInFront(context: Context): boolean {
  return inFront(context, COMPRESSES);
}

/** Whether a server in front of Django adds a header to what Django answers. */
export function isSentInFront(context: Context, header: keyof typeof HEADERS): boolean {
  return frontFiles(context).some(({ text }) =>
    text.split("\n").some((line) => HEADERS[header].test(line) && !NOT_SENT.test(line)),
  );
}

const SETS_SCHEME =
  /^[ \t]*(?:proxy_set_header|RequestHeader[ \t]+(?:set|add|setifempty)|http-request[ \t]+(?:set|add)-header)[ \t]+["']?X-Forwarded-Proto\b/im;

/** Where nginx, Apache or HAProxy tells Django in X-Forwarded-Proto which scheme a visitor used. Caddy and Traefik do so unasked. */
export function schemeIsSet(context: Context): Site | undefined {
  for (const { path, kind, text } of frontFiles(context)) {
    const found = kind === "directives" ? SETS_SCHEME.exec(text) : null;
    if (found !== null) return siteOf(path, { start: found.index, end: found.index + found[0].length });
  }
  return undefined;
}

function inFront(context: Context, signs: Signs): boolean {
  return frontFiles(context).some((file) => {
    const sign = signs[file.kind];
    return typeof sign === "function" ? sign(file) : sign?.test(file.text) === true;
  });
}
