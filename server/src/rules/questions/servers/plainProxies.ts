import type { RuleContext } from "../../../lint/rule";
import { frontFiles } from "../hosts/frontFiles";
import { composeServices } from "../splits/composeServices";

const PASSES = /\b(?:proxy|uwsgi)_pass[ \t]/;
/** What may serve files, or whose contents are elsewhere; parameters that nginx comes with are neither. */
const SERVES_FILES =
  /\b(?:root|alias|try_files|autoindex|expires|static\w*)\b|\binclude[ \t]+(?!\S*(?:mime\.types|proxy_params|uwsgi_params|proxy\.conf))/i;
const CONFIGURATION = /\/etc\/(?:nginx|letsencrypt|ssl)|cert|\/var\/log|\.conf$/;

/**
 * Whether nginx in a container of the project's compose files only passes requests on: its configuration is here and names no
 * directory, and no volume with files is mounted into it. What else stands in front is left open, which errs towards no.
 */
export function isBehindPlainProxy(context: RuleContext): boolean {
  const configured = frontFiles(context).filter(
    ({ kind, text }) => kind === "directives" && /\bserver[ \t]*\{/.test(text),
  );
  const proxies = composeServices(context).filter(({ name, image }) => /nginx/.test(image ?? name));
  return (
    proxies.length > 0 &&
    proxies.every(
      ({ image, mounts }) => image !== undefined && mounts.every(({ target }) => CONFIGURATION.test(target)),
    ) &&
    configured.length > 0 &&
    configured.every(({ text }) => PASSES.test(text) && !SERVES_FILES.test(text))
  );
}
