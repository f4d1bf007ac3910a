/** Endings of names that are looked up in private networks only: RFC 6762, RFC 8375, Kubernetes, and what ICANN keeps free. */
const PRIVATE_NAME =
  /(?:^|\.)(?:local|localhost|localdomain|internal|intranet|lan|home|corp|private|svc|consul|test|example|invalid)$/;
const PRIVATE_ADDRESS = /^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168)\./;

/** What stands in templates of projects until there is a host (RFC 2606, and what people write instead). */
const PLACEHOLDER =
  /^(?:www\.|api\.)?(?:example\.(?:com|org|net)|(?:your|my)[-_]?(?:own[-_]?)?(?:domain|site|website|app|host|server|project|company)(?:[-_]?name)?\.\w+|your[-_.]?[a-z0-9-]*(?:domain|site|app|host|server|project|service)(?:[-_]?name)?(?:\.[a-z0-9-]+)+)$/;

/** Whether a host stands in for one that is not known yet: `your-domain.com`, `your.domain.com`, `your-app.up.railway.app`. */
export function isPlaceholderHost(host: string): boolean {
  return PLACEHOLDER.test(host.toLowerCase().replace(/^\./, ""));
}

/** Tunnels and editors in the cloud, by which a development server is reached from outside. */
const TUNNEL =
  /\.(?:ngrok\.(?:io|app|dev)|ngrok-free\.(?:app|dev)|loca\.lt|localhost\.run|serveo\.net|trycloudflare\.com|devtunnels\.ms|github\.dev|gitpod\.io|githubpreview\.dev|replit\.dev|repl\.co|c9users\.io|cloudworkstations\.dev|nip\.io|sslip\.io|lvh\.me)$/;

/**
 * Whether a host, without port, is one of the open internet: a name with a dot, or an address that is routed there. Placeholders
 * and addresses of IPv6 are none.
 */
export function isPublicHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  if (/^\d+(?:\.\d+){3}$/.test(name)) return !PRIVATE_ADDRESS.test(name);
  return (
    /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+$/.test(name) && !PRIVATE_NAME.test(name) && !PLACEHOLDER.test(name)
  );
}

/** The first host among those of ALLOWED_HOSTS, or of a text that lists some, by which visitors reach what answers for it. */
export function visitedHost(text: string): string | undefined {
  return text.split(/[\s,;]+/).find((host) => {
    const name = host
      .replace(/^\*?\./, "")
      .replace(/:\d+$/, "")
      .toLowerCase();
    return isPublicHost(name) && !TUNNEL.test(`.${name}`);
  });
}
