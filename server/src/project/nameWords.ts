/** What a word in the name of a module, a file, a folder or a service says about where it is used. */
export type Usage = "production" | "staging" | "development" | "test";

const USAGE_OF_WORD: ReadonlyMap<string, Usage> = new Map([
  ...words("production", "prod prd production live"),
  ...words("staging", "staging stage stg preprod uat preproduction"),
  ...words(
    "development",
    "dev devel develop development local localdev devstack debug nonprod docs sphinx build compress devcontainer vagrant",
  ),
  ...words(
    "test",
    `test tests testing ci e2e unittest unittests pytest tox testmysql cypress
    travis codeship circle circleci jenkins hudson buildbot bamboo teamcity appveyor buildkite gitlabci drone
    woodpecker`,
  ),
]);

/** Words that mean production in the name of a settings module, but are ordinary words elsewhere: hosting platforms above all. */
const PRODUCTION_MODULE_WORDS = new Set(
  `deploy deployment product release
  heroku cabotage render railway dokku pythonanywhere appengine gae gcp cloudrun aws ecs eks beanstalk zappa lambda azure
  scalingo cloudgov cloudfoundry openshift fly flyio k8s kubernetes helm digitalocean caprover coolify koyeb northflank
  platformsh upsun divio linode hetzner ovh vercel alwaysdata uberspace webfaction`.split(/\s+/),
);

/** Folders around a project that is there to be looked at or tried out, and what may stand beside such words. */
const EXAMPLE_FOLDER_WORDS = new Set("example examples demo demos sample samples sandbox playground".split(" "));
const TEST_FOLDER_WORDS = new Set("testproject testapp testsite testproj".split(" "));
const FOLDER_FILLERS = new Set("project projects proj site app server django settings config conf env envs".split(" "));

/** The more a usage keeps a finding quiet, the earlier it wins: `production-debug` is a development module. */
const PRECEDENCE: readonly Usage[] = ["test", "development", "staging", "production"];

/** The words of a name: `settings_prodDocker.v2` gives settings, prod, docker, v2. */
export function splitWords(name: string): readonly string[] {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return spaced.split(/[^a-z0-9]+/).filter((word) => word !== "");
}

/** The usage that a name tells, or `undefined`. `pre-production` is staging. */
export function usageOfName(name: string): Usage | undefined {
  const parts = splitWords(name);
  const joined = parts
    .join(" ")
    .replace(/\bpre (?:prod|production)\b/, "preprod")
    .replace(/\bnon prod\b/, "nonprod")
    .replace(/\bcontinuous integration\b/, "ci");
  const found = joined.split(" ").map((word) => USAGE_OF_WORD.get(word.replace(/(?<!\d)\d+$/, "")));
  return PRECEDENCE.find((usage) => found.includes(usage));
}

/** Whether a name says that other modules build on this one. */
export function isBaseName(name: string): boolean {
  return splitWords(name).some((word) => /^(?:base|common|defaults?|global|shared)$/.test(word));
}

/** `shop.settings.components.production`: a part that others import, named after where they run. */
export function isComponentName(name: string): boolean {
  return /(?:^|\.)(?:components?|parts|fragments|sections|includes)\.[^.]+$/.test(name);
}

/** Whether a name says that a module is kept beside the one that is used: `settings_backup`, `settings.old`. */
export function isCopyName(name: string): boolean {
  return splitWords(name).some((word) =>
    /^(?:backup|bak|old|copy|orig|original|previous|deprecated|unused)$/.test(word),
  );
}

/** Whether a name says that no site runs with the module, but what takes tasks from a queue or runs by the clock. */
export function isWorkerName(name: string): boolean {
  return splitWords(name).some((word) =>
    /^(?:celery|workers?|beat|scheduler|cron|queue|tasks|rq|huey|dramatiq)$/.test(word),
  );
}

/** As {@link usageOfName}, for the last part of a settings module's name: platforms count as production there. */
export function usageOfModulePart(part: string): Usage | undefined {
  const usage = usageOfName(part);
  if (usage !== undefined) return usage;
  const isPlatform = splitWords(part).some((word) => PRODUCTION_MODULE_WORDS.has(word)) || /clever.?cloud/i.test(part);
  return isPlatform ? "production" : undefined;
}

/**
 * What the folders of a settings module say, the nearest first: only names that consist of such words, since `local_apps` is for
 * no environment. A top-level package may be called anything, so that there `live` and `local` say nothing.
 */
export function usageOfFolders(relative: string): Usage | undefined {
  const folders = relative.split("/").slice(0, -1);
  for (const [index, folder] of [...folders.entries()].reverse()) {
    const usage = usageOfFolder(folder);
    const isTelling = index > 0 || usage === "test" || usage === "development";
    if (usage !== undefined && isTelling && !(index === 0 && PRODUCT_NAME.test(folder))) return usage;
  }
  return undefined;
}

/** Words that a project may be called, too. */
const PRODUCT_NAME = /^(?:pytest|local|build|bamboo|buildbot|circle|drone|hudson|jenkins|woodpecker)$/;

/** As {@link usageOfName}, for names of such words only: `production_logging` is a part of something else. */
export function usageOfWholeName(name: string): Usage | undefined {
  const words = splitWords(name).filter((word) => !FOLDER_FILLERS.has(word));
  return words.every((word) => USAGE_OF_WORD.has(word)) ? usageOfName(name) : undefined;
}

function usageOfFolder(folder: string): Usage | undefined {
  const parts = splitWords(folder).filter((word) => !FOLDER_FILLERS.has(word));
  if (parts.length === 0) return undefined;
  if (parts.every((word) => TEST_FOLDER_WORDS.has(word))) return "test";
  if (parts.every((word) => EXAMPLE_FOLDER_WORDS.has(word))) return "development";
  return usageOfWholeName(folder);
}

/** The usage that a path tells: its last telling part decides. `deploy/prod/Dockerfile` is production. */
export function usageOfPath(relative: string): Usage | undefined {
  for (const part of relative.split("/").reverse()) {
    const usage = usageOfName(part);
    if (usage !== undefined) return usage;
  }
  return undefined;
}

function words(usage: Usage, list: string): readonly (readonly [string, Usage])[] {
  return list.split(/\s+/).map((word) => [word, usage] as const);
}
