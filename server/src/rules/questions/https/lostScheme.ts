import { siteOf, type RuleContext } from "../../../lint/rule";
import { deploymentFiles } from "../../../project/deploymentFiles";
import type { Site } from "../../../python/values/value";
import { frontFiles } from "../hosts/frontFiles";

const GIVEN_SCHEME = /\bproxy_set_header[ \t]+X-Forwarded-Proto[ \t]+["']?([^\s"';]+)/gi;

/** Platforms end HTTPS themselves: the nginx in the repository is then for something else. */
const PLATFORM =
  /(?:^|\/)(?:Procfile|app\.(?:json|ya?ml)|fly\.toml|render\.ya?ml|railway\.(?:json|toml)|vercel\.json)$/;

/**
 * Where nginx puts its own scheme into X-Forwarded-Proto although it answers plain HTTP alone: what a proxy in front of it has
 * said there is lost. `undefined` where some nginx that hands requests on does otherwise, and beside files of a platform.
 */
export function lostScheme(context: RuleContext): Site | undefined {
  if (deploymentFiles(context.snapshot).some(({ relative }) => PLATFORM.test(relative))) return undefined;
  const proxies = frontFiles(context).filter(({ kind, text }) => kind === "directives" && /\bproxy_pass\b/.test(text));
  if (!proxies.every(({ text }) => /\blisten\s/.test(text) && losesScheme(text))) return undefined;
  const [first] = proxies;
  const place = first && [...first.text.matchAll(GIVEN_SCHEME)][0];
  if (first === undefined || place === undefined) return undefined;
  return siteOf(first.path, { start: place.index, end: place.index + place[0].length });
}

function losesScheme(text: string): boolean {
  const given = [...text.matchAll(GIVEN_SCHEME)].map(([, value]) => value);
  return given.length > 0 && given.every((value) => value === "$scheme") && !/\bssl|\b443\b/.test(text);
}
