import type { Proof } from "../../../lint/setting";
import { textsIn } from "../dicts/leaves";

const TLS = /\b(?:tls|ssl|https|hsts|redirects?|redirected|redirection)\b/i;
const FRONT =
  /\b(?:edge|proxy|router|balancer|lb|elb|alb|ingress|gateway|cdn|cloudflare|cloudfront|nginx|caddy|traefik|apache|heroku|terminat(?:es?|ed|ion)|front)\b/i;

/** How comments say that something in front of Django is in charge of HTTPS: they name both. */
export const TLS_ELSEWHERE: Pick<RegExp, "test"> = { test: (text) => TLS.test(text) && FRONT.test(text) };

/** How comments say that a site is served without HTTPS on purpose. */
export const NO_TLS =
  /\b(?:plain|only|without|no|over)\s+(?:http|https|tls|ssl)\b|\b(?:intranet|internal network|vpn)\b/i;

/**
 * Whether protection is off only because a missing variable leaves the site's own address at `http://`: the settings follow the
 * scheme of that address, and a site without HTTPS has nothing to protect.
 */
export function followsScheme({ missing, outcome }: Proof): boolean {
  if (missing.length === 0) return false;
  const deciding = [outcome.value, ...outcome.guard.map(({ test }) => test.value)];
  return deciding.flatMap(textsIn).some((text) => /^https?(:|$)/i.test(text));
}
