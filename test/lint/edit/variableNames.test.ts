import assert from "node:assert/strict";
import { ClaimedVariables, type WantedVariable } from "../../../server/src/lint/edit/claimedVariables";
import { Bench, type Options } from "./support";

const CACHE: WantedVariable = {
  path: ["CACHES", "other", "LOCATION"],
  customary: ["REDIS_URL"],
  value: "redis://:invented@other:6379/1",
};
const KEY: WantedVariable = { path: ["SECRET_KEY"], value: "invented-key" };
/** Reads of a variable without prefix, so that new ones get none either. */
const HEAD = 'import os\n\nSITE_ID = os.environ["SITE_ID"]\n';

async function named(wanted: WantedVariable, files: Readonly<Record<string, string>> = {}): Promise<string> {
  return namedIn({ "settings.py": HEAD, ...files }, wanted);
}

async function namedIn(
  files: Readonly<Record<string, string>>,
  wanted: WantedVariable,
  options: Options = {},
): Promise<string> {
  const bench = await Bench.open(files, options);
  let name = "";
  bench.edits((edit) => (name = edit.variable(wanted)));
  return name;
}

describe("a name for a new environment variable", () => {
  it("is the customary one, and says where the value stands when that is in use", async () => {
    assert.equal(await named(CACHE), "REDIS_URL");
    const first = `${HEAD}CACHES = {"default": {"LOCATION": os.environ["REDIS_URL"]}, "other": {"LOCATION": "x"}}\n`;
    assert.equal(await namedIn({ "settings.py": first }, CACHE), "CACHES_OTHER_URL");
  });

  it("is shared by the same place of the same setting in other modules", async () => {
    const same = `${HEAD}CACHES = {"other": {"LOCATION": os.environ["REDIS_URL"]}}\n`;
    assert.equal(await named(CACHE, { "staging.py": same }), "REDIS_URL");
    const later = `${HEAD}CACHES["other"]["LOCATION"] = os.environ["REDIS_URL"]\n`;
    assert.equal(await named(CACHE, { "staging.py": later }), "REDIS_URL");
    assert.equal(await named(KEY, { "staging.py": 'SECRET_KEY = env("SECRET_KEY", default=None)\n' }), "SECRET_KEY");
  });

  const READS: Readonly<Record<string, string>> = {
    "in a task": 'import os\n\n\ndef run():\n    return connect(os.environ["REDIS_URL"])\n',
    "by a helper of the project's own": 'QUEUE = secret("REDIS_URL")\n',
    "in a list of names": 'for name in ["REDIS_URL", "OTHER"]:\n    require(name)\n',
    "where it is set": 'import os\n\nos.environ["REDIS_URL"] = "redis://one"\n',
    "as a default": 'QUEUE = config("QUEUE_URL", default=config("REDIS_URL"))\n',
    "by a field of pydantic's": "class Conf(BaseSettings):\n    redis_url: str\n",
    "by a field with a prefix":
      'class Conf(BaseSettings):\n    url: str\n    model_config = Dict(env_prefix="redis_")\n',
    "two targets": 'import os\n\nA = B = os.environ["REDIS_URL"]\n',
  };
  for (const [where, text] of Object.entries(READS))
    it(`is none that is read elsewhere: ${where}`, async () => {
      assert.equal(await named(CACHE, { "shop/tasks.py": text }), "CACHES_OTHER_URL");
    });

  it("may be that of a setting that code reads", async () => {
    const files = { "shop/tasks.py": 'from django.conf import settings\n\nKEY = getattr(settings, "SECRET_KEY")\n' };
    assert.equal(await named(KEY, files), "SECRET_KEY");
  });

  it("is none that a library reads without being told its name", async () => {
    const wanted = { path: ["DATABASES", "other"], customary: ["DATABASE_URL"], value: "postgres://u:p@h/n" };
    const files = { "base.py": 'import dj_database_url\n\nDATABASES = {"default": dj_database_url.config()}\n' };
    assert.equal(await named(wanted, files), "DATABASES_OTHER");
    const named1 = {
      "base.py": 'import dj_database_url\n\nDATABASES = {"default": dj_database_url.config(env="DB")}\n',
    };
    assert.equal(await named(wanted, named1), "DATABASE_URL");
    const classes = {
      "settings.py": `from configurations import Configuration, values\n\n\nclass Base(Configuration):\n    CACHES_OTHER_LOCATION = values.Value("")\n    CACHES = {"other": {"LOCATION": "x"}}\n`,
    };
    const cache = { path: CACHE.path, value: "x" };
    assert.equal(await namedIn(classes, cache), "DJANGO_CACHES_OTHER_LOCATION_2");
  });

  const ELSEWHERE: Readonly<Record<string, string>> = {
    ".env": "REDIS_URL=redis://one\n",
    ".env.example": "REDIS_URL=\n",
    ".env.production": "export REDIS_URL='redis://one'\n",
    "docker-compose.yml": "services:\n  web:\n    environment:\n      - REDIS_URL=redis://one\n",
    Dockerfile: "FROM python\nENV REDIS_URL=redis://one\n",
    Procfile: "web: gunicorn shop.wsgi --env REDIS_URL=redis://one\n",
    ".github/workflows/test.yml": "jobs:\n  test:\n    env:\n      REDIS_URL: redis://one\n",
    "app.json": '{"env": {"REDIS_URL": {"required": true}}}\n',
  };
  for (const [file, text] of Object.entries(ELSEWHERE))
    it(`is none that ${file} gives another meaning`, async () => {
      assert.equal(await named(CACHE, { [file]: text }), "CACHES_OTHER_URL");
      const longer = text.replaceAll("REDIS_URL", "MY_REDIS_URL");
      assert.equal(await named(CACHE, { [file]: longer }), "REDIS_URL");
    });

  it("is looked for in files that git ignores, too", async () => {
    const ignored = { ".gitignore": ".env*\ndocker-compose.override.yml\n" };
    for (const file of [".env", ".env.local"]) {
      assert.equal(await named(KEY, { ...ignored, [file]: "SECRET_KEY=another\n" }), "DJANGO_SECRET_KEY");
      assert.equal(await named(KEY, { ...ignored, [file]: "SECRET_KEY=invented-key\n" }), "SECRET_KEY");
      assert.equal(await named(KEY, { ...ignored, [file]: "SECRET_KEY=\n" }), "SECRET_KEY");
    }
    const compose = "services:\n  web:\n    environment:\n      SECRET_KEY: another\n";
    assert.equal(await named(KEY, { ...ignored, "docker-compose.override.yml": compose }), "DJANGO_SECRET_KEY");
  });

  it("is the setting's own where a deployment file hands it on, and not where that sets another text", async () => {
    const compose = (value: string): Readonly<Record<string, string>> => ({
      "docker-compose.yml": `services:\n  web:\n    environment:\n      SECRET_KEY: ${value}\n`,
    });
    assert.equal(await named(KEY, compose("${SECRET_KEY}")), "SECRET_KEY");
    assert.equal(await named(KEY, compose("another")), "DJANGO_SECRET_KEY");
    assert.equal(await named(KEY, compose("invented-key")), "SECRET_KEY");
    // What a list shall hold is not known: then the variable that is set is the one that was meant.
    assert.equal(await named({ path: ["SECRET_KEY"] }, compose("another")), "SECRET_KEY");
  });

  it("shares an entry of .env only when all readers of such files give the same text", async () => {
    assert.equal(await named(CACHE, { ".env": `REDIS_URL="${CACHE.value}"\n` }), "REDIS_URL");
    assert.equal(await named(CACHE, { ".env": `REDIS_URL=${CACHE.value} # one\n` }), "CACHES_OTHER_URL");
    assert.equal(await named(CACHE, { ".env": `REDIS_URL=${CACHE.value}\nREDIS_URL=x\n` }), "CACHES_OTHER_URL");
    const expanded = { path: ["A_KEY"], value: "${HOME}" };
    assert.equal(await named(expanded, { ".env": "A_KEY='${HOME}'\n" }), "DJANGO_A_KEY");
  });

  it("is one that shells take", async () => {
    const at = (...path: readonly string[]): Promise<string> => named({ path, value: "x" });
    assert.equal(await at("DATABASES", "default", "PASSWORD"), "DATABASES_PASSWORD");
    assert.equal(await at("STORAGES", "my-bucket", "OPTIONS", "secret.key"), "STORAGES_MY_BUCKET_SECRET_KEY");
    assert.equal(await at("KEYS", "0"), "KEYS_0");
    assert.equal(await at("KEYS", "0", "token"), "KEYS_TOKEN");
    assert.equal(await at("API", "größe"), "API_GR_SSE");
    assert.equal(await at("API", "鍵"), "API");
    assert.equal(await at("_private"), "PRIVATE");
    assert.equal(await named({ path: ["X"], customary: ["2nd_DATABASE_URL"] }), "DJANGO_2ND_DATABASE_URL");
  });

  it("says which module it is for when the setting's own name is taken", async () => {
    const files = { "settings.py": HEAD, "conf/production.py": HEAD, ".env": "SECRET_KEY=another\n" };
    assert.equal(await namedIn(files, KEY, { entry: "/shop/conf/production.py" }), "PRODUCTION_SECRET_KEY");
  });

  it("counts when everything else is taken", async () => {
    const files = { ".env": "SECRET_KEY=1\nDJANGO_SECRET_KEY=2\nDJANGO_SECRET_KEY_2=3\n" };
    assert.equal(await named(KEY, files), "DJANGO_SECRET_KEY_3");
  });

  it("does not depend on another project of the workspace", async () => {
    const other = 'import os\n\nQUEUE = os.environ["REDIS_URL"]\n';
    const files = { "manage.py": "", "other/manage.py": "", "other/settings.py": other, "other/.env": "REDIS_URL=x\n" };
    assert.equal(await named(CACHE, files), "REDIS_URL");
  });
});

describe("variables of fixes that are applied together", () => {
  it("have one name for one value of one setting in one project", () => {
    const claimed = new ClaimedVariables();
    claimed.claim("/shop", "REDIS_URL", CACHE);
    assert.ok(claimed.allows("/shop", "REDIS_URL", CACHE));
    assert.ok(claimed.allows("/shop", "REDIS_URL", { path: CACHE.path }));
    assert.ok(claimed.allows("/other", "REDIS_URL", { ...CACHE, value: "redis://two" }));
    assert.ok(claimed.allows("/shop", "OTHER_URL", { ...CACHE, value: "redis://two" }));
    assert.ok(!claimed.allows("/shop", "REDIS_URL", { ...CACHE, value: "redis://two" }));
    assert.ok(!claimed.allows("/shop", "REDIS_URL", { ...CACHE, path: ["CACHES", "default", "LOCATION"] }));
    assert.ok(new ClaimedVariables(claimed).allows("/shop", "REDIS_URL", CACHE));
  });
});
