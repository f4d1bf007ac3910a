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
    "test tests testing ci e2e unittest unittests pytest travis codeship circle circleci testmysql cypress",
  ),
]);

/** Words that mean production in the name of a settings module, but are ordinary words elsewhere. */
const PRODUCTION_MODULE_WORDS = new Set(
  "deploy deployment heroku product cabotage render railway dokku pythonanywhere appengine gae release".split(" "),
);

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
    .replace(/\bnon prod\b/, "nonprod");
  const found = joined.split(" ").map((word) => USAGE_OF_WORD.get(word.replace(/(?<!\d)\d+$/, "")));
  return PRECEDENCE.find((usage) => found.includes(usage));
}

/** Whether a name says that other modules build on this one. */
export function isBaseName(name: string): boolean {
  return splitWords(name).some((word) => /^(?:base|common|defaults?|global|shared)$/.test(word));
}

/** As {@link usageOfName}, for the last part of a settings module's name: platforms count as production there. */
export function usageOfModulePart(part: string): Usage | undefined {
  const usage = usageOfName(part);
  if (usage !== undefined) return usage;
  const isPlatform = splitWords(part).some((word) => PRODUCTION_MODULE_WORDS.has(word)) || /clever.?cloud/i.test(part);
  return isPlatform ? "production" : undefined;
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
  return list.split(" ").map((word) => [word, usage] as const);
}
