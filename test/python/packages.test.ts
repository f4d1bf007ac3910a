import assert from "node:assert/strict";
import { evaluate } from "../../server/src/python/evaluate";
import type { Evaluation } from "../../server/src/python/program/evaluation";
import { wholeEnvironment } from "../../server/src/python/semantics/resolve";
import { memoryHost } from "../harness/memoryHost";
import { testParser } from "../harness/parser";
import { show, valuesOf } from "./comparison";

describe("what packages give that are not installed here", () => {
  const evaluated = async (text: string, needed: readonly string[] = []): Promise<Evaluation> => {
    const host = memoryHost(await testParser(), "/project", { "settings.py": text });
    return evaluate({ ...host, isDependency: (name) => needed.includes(name) }, "/project/settings.py");
  };
  const shown = (evaluation: Evaluation, name: string): readonly (string | undefined)[] =>
    evaluation.outcomes(name).map(({ value }) => show(value));

  it("knows the headers of django-cors-headers, before and since 4.0", async () => {
    const evaluation = await evaluated(
      [
        "from corsheaders.defaults import default_headers, default_methods",
        'CORS_ALLOW_HEADERS = default_headers + ("x-shop",)',
        'ADDED = list(default_headers) + ["x-shop"]',
        "CORS_ALLOW_METHODS = default_methods[:2]",
      ].join("\n"),
    );
    const [recent, old] = shown(evaluation, "CORS_ALLOW_HEADERS");
    const six = ["accept", "authorization", "content-type", "user-agent", "x-csrftoken", "x-requested-with", "x-shop"];
    assert.equal(recent, `(${six.map((each) => `'${each}'`).join(", ")})`);
    assert.match(old ?? "", /'accept-encoding'.*'dnt', 'origin'.*'x-shop'/);
    assert.deepEqual(
      evaluation.outcomes("ADDED").map(({ guard }) => guard.map(({ test, holds }) => [test.text, holds])),
      [true, false].map((holds) => [["django-cors-headers is 4.0 or later", holds]]),
    );
    assert.deepEqual(shown(evaluation, "CORS_ALLOW_METHODS"), ["('DELETE', 'GET')"]);
  });

  it("reads texts as booleans as distutils does, and as packages do whose functions say so", async () => {
    const evaluation = await evaluated(
      [
        "import os",
        "from distutils.util import strtobool",
        "from vendor.text import str2bool",
        'A = strtobool("Yes")',
        'DEBUG = bool(strtobool(os.environ.get("DEBUG", "off")))',
        'B = str2bool(os.environ.get("B", "off"))',
        "try:",
        '    C = strtobool("maybe")',
        "except ValueError:",
        '    C = "neither"',
      ].join("\n"),
    );
    assert.deepEqual([shown(evaluation, "A"), shown(evaluation, "C")], [["1"], ["'neither'"]]);
    const missing = wholeEnvironment(() => undefined);
    const resolved = (name: string): readonly (string | undefined)[] => valuesOf(evaluation, name, missing);
    assert.deepEqual([resolved("DEBUG"), resolved("B")], [["False"], [undefined]]);
    assert.equal(evaluation.outcomes("B")[0]?.value.kind, "derived");
  });

  it("knows the cache of a redis URL where the project needs django-redis", async () => {
    const text = [
      "import environ",
      "env = environ.Env()",
      'CACHE = env.cache_url_config("redis://cache:6379/1")',
      'SESSIONS = env.cache_url_config("rediss://cache:6379/2")',
    ].join("\n");
    const needed = await evaluated(text, ["django_redis"]);
    const redis = "{'BACKEND': 'django_redis.cache.RedisCache', 'LOCATION': ";
    assert.deepEqual(shown(needed, "CACHE"), [`${redis}'redis://cache:6379/1'}`]);
    assert.deepEqual(shown(needed, "SESSIONS"), [`${redis}'rediss://cache:6379/2'}`]);
    assert.deepEqual(shown(await evaluated(text), "CACHE"), [undefined]);
  });
});
