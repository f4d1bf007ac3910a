import { itemsOf, nodeAt, readTrees, textOf } from "../../../documents/tree";
import { environmentReads } from "../../../lint/environmentReads";
import type { RuleContext } from "../../../lint/rule";
import type { Outcome } from "../../../python/values/value";
import { deploymentFiles, type DeploymentFile } from "../../../project/deploymentFiles";
import { knownEntries } from "../lists/entries";

/*
 * Platforms whose edge answers every request over HTTP with a redirect to HTTPS, without being told to. Heroku, Elastic Beanstalk and
 * PythonAnywhere do not; Fly.io and App Engine do where their manifests say so (`isRedirectedInFront` looks there).
 *
 * https://render.com/docs/tls, https://vercel.com/docs/security/encryption, https://docs.railway.com/reference/public-networking,
 * https://docs.digitalocean.com/products/app-platform, https://cloud.google.com/run/docs/triggering/https-request. Zappa's
 * API Gateway answers nothing but HTTPS.
 */

/** Manifests by path, and what has to stand in them for the platform to serve the site. */
const MANIFESTS: readonly (readonly [RegExp, (file: DeploymentFile) => boolean])[] = [
  [/(?:^|\/)render(?:[.-][\w-]+)?\.ya?ml$/, hasRenderService],
  [/(?:^|\/)vercel\.json$/, ({ text }) => /\bwsgi\b|\basgi\b|\.py\b|@vercel\/python/.test(text)],
  [/(?:^|\/)railway\.(?:toml|json)$/, ({ text }) => /\S/.test(text)],
  [/(?:^|\/)\.do\/[^/]+\.ya?ml$/, ({ text }) => /^[ \t]*services[ \t]*:/m.test(text)],
  [/(?:^|\/)zappa_settings\.(?:json|toml|ya?ml)$/, ({ text }) => /\S/.test(text)],
];

/** Their own domains, and variables that nothing but they set. */
const DOMAIN = /(?:^|\.)(?:onrender\.com|vercel\.app|now\.sh|railway\.app|ondigitalocean\.app|run\.app)$/i;
const VARIABLE = /^(?:RENDER(?:_EXTERNAL_\w+)?|RAILWAY_\w+|VERCEL(?:_\w+)?)$/;

/**
 * Whether the project is served by a platform that redirects on its own: by a manifest of it, or because the settings let its hosts
 * in. Whose traffic a manifest is about is not known: errs towards yes.
 */
export function redirectsOnPlatform(context: RuleContext): boolean {
  return (
    deploymentFiles(context.snapshot).some((file) =>
      MANIFESTS.some(([path, serves]) => path.test(file.relative) && serves(file)),
    ) || ["ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"].some((name) => context.setting(name).outcomes.some(namesPlatform))
  );
}

function hasRenderService({ path, text }: DeploymentFile): boolean {
  const services = (readTrees(path, text) ?? []).flatMap((document) => itemsOf(nodeAt(document, "services")));
  return services.some((service) => textOf(nodeAt(service, "type")) === "web");
}

function namesPlatform({ value, guard }: Outcome): boolean {
  const reads = [value, ...guard.map(({ test }) => test.value)].flatMap(environmentReads);
  return (
    knownEntries(value).some(({ text }) => DOMAIN.test(text.replace(/:\d+$/, ""))) ||
    reads.some(({ variable }) => VARIABLE.test(variable))
  );
}
