/** Domains below which anybody may have a host: the platforms' own lists of their customers' sites. */
const SHARED: readonly string[] = [
  "herokuapp.com",
  "onrender.com",
  "vercel.app",
  "netlify.app",
  "fly.dev",
  "up.railway.app",
  "railway.app",
  "pythonanywhere.com",
  "azurewebsites.net",
  "appspot.com",
  "run.app",
  "github.io",
  "gitlab.io",
  "pages.dev",
  "ngrok.io",
  "ngrok-free.app",
  "ngrok.app",
  "amazonaws.com",
  "cloudfront.net",
  "web.app",
  "koyeb.app",
  "github.dev",
  "gitpod.io",
  "ondigitalocean.app",
  "trycloudflare.com",
];

/** The shared domain that a pattern of subdomains is about (`*.herokuapp.com`, `.vercel.app`), if it is one. */
export function sharedDomain(pattern: string): string | undefined {
  const suffix = /^(?:\*?\.)([\w.-]+)(?::\d+)?$/.exec(pattern)?.[1]?.toLowerCase();
  return suffix === undefined ? undefined : SHARED.find((one) => one === suffix);
}

/** Those of them that the Public Suffix List (https://publicsuffix.org/list/) does not have: browsers store cookies for them. */
const NO_SUFFIXES: ReadonlySet<string> = new Set([
  ...["amazonaws.com", "railway.app", "run.app", "koyeb.app", "github.dev", "gitpod.io"],
]);

/** A shared domain for which browsers store no cookie (`herokuapp.com`, `.vercel.app`), if a cookie's domain is one. */
export function publicSuffix(domain: string): string | undefined {
  const name = domain.replace(/^\./, "").toLowerCase();
  return SHARED.includes(name) && !NO_SUFFIXES.has(name) ? name : undefined;
}
