import assert from "node:assert/strict";
import { isFalsy, isTruthy } from "../../server/src/lint/effective";
import type { Audience, Rule, RuleContext } from "../../server/src/lint/rule";
import { lintFiles, projectFiles } from "../harness/lintCase";

/** Runs a check in the module `shop/settings/production.py` and gives what it gave. */
async function inProduction<T>(
  source: string,
  check: (context: RuleContext) => T,
  more: { readonly files?: Readonly<Record<string, string>>; readonly audience?: Audience } = {},
): Promise<T> {
  let result: { readonly value: T } | undefined;
  const rule: Rule = {
    id: "probe",
    category: "security",
    severity: "error",
    audience: more.audience ?? "production",
    djangoChecks: [],
    messages: {},
    fixes: {},
    onByDefault: true,
    doc: "",
    check: (context) => {
      if (context.module.name === "shop.settings.production") result = { value: check(context) };
    },
  };
  const path = "shop/settings/production.py";
  const files = new Map(Object.entries({ [path]: source, ...more.files }));
  await lintFiles(projectFiles(files, new Map([[path, "production"]])), [rule]);
  assert.ok(result, "the module was not linted");
  return result.value;
}

const is = (text: string) => (value: { readonly kind: string; readonly value?: unknown }) =>
  value.kind === "str" && value.value === text;

/** Whether `X` is certainly "prod". */
const isProd = ({ setting }: RuleContext): boolean => setting("X").mustBe(is("prod")) !== undefined;

describe("production view", () => {
  const dropped: readonly (readonly [name: string, source: string])[] = [
    [
      "worlds under `if DEBUG`",
      `import os\nDEBUG = os.environ.get("D") == "1"\nX = "prod"\nif DEBUG:\n    X = "dev"\n`,
    ],
    [
      "worlds under `not DEBUG` being false",
      `import os\nDEBUG = os.environ.get("D") == "1"\nif not DEBUG:\n    X = "prod"\nelse:\n    X = "dev"\n`,
    ],
    [
      "worlds under the condition that DEBUG is made of",
      `import os\nENV = os.environ.get("ENV", "")\nDEBUG = ENV == "dev"\nX = "dev" if ENV == "dev" else "prod"\n`,
    ],
    [
      "worlds under the opposite of that condition",
      `import os\nENV = os.environ["ENV"]\nDEBUG = ENV != "production"\nif ENV == "production":\n    X = "prod"\nelse:\n    X = "dev"\n`,
    ],
    [
      "worlds in which a branch turns DEBUG on",
      `import os\nif os.environ.get("ENV") == "dev":\n    DEBUG = True\n    X = "dev"\nelse:\n    DEBUG = False\n    X = "prod"\n`,
    ],
    ["runs of manage.py test", `import sys\nX = "prod"\nif "test" in sys.argv:\n    X = "dev"\n`],
    [
      "runs of manage.py test, written negatively",
      `import sys\nif "test" not in sys.argv:\n    X = "prod"\nelse:\n    X = "dev"\n`,
    ],
    [
      "runs of manage.py test, through a name",
      `import sys\nTESTING = "test" in sys.argv\nX = "dev" if TESTING else "prod"\n`,
    ],
    ["runs of pytest", `import sys\nX = "prod"\nif "pytest" in sys.modules:\n    X = "dev"\n`],
    [
      "runs of pytest, by its variable",
      `import os\nX = "prod"\nif "PYTEST_CURRENT_TEST" in os.environ:\n    X = "dev"\n`,
    ],
  ];
  for (const [name, source] of dropped) {
    it(`sets aside ${name}`, async () => {
      assert.ok(await inProduction(source, isProd));
      assert.ok(!(await inProduction(source, isProd, { audience: "entry" })), "other audiences see every world");
    });
  }

  it("keeps all worlds where DEBUG is on everywhere", async () => {
    assert.ok(await inProduction(`DEBUG = True\nif DEBUG:\n    X = "prod"\nelse:\n    X = "dev"\n`, isProd));
  });

  it("does not judge DEBUG itself by being on", async () => {
    const source = `import os\nif os.environ.get("ENV") == "prod":\n    DEBUG = False\nelse:\n    DEBUG = True\n`;
    const [must, may, missing] = await inProduction(source, ({ setting }) => {
      const debug = setting("DEBUG");
      return [debug.mustBe(isFalsy), debug.mayBe(isTruthy), debug.read("missing")];
    });
    assert.equal(must, undefined);
    assert.match(may?.when ?? "", /ENV/);
    assert.deepEqual(
      missing.map(({ value }) => isTruthy(value)),
      [true],
    );
  });

  it("sets aside worlds that the configuration's assumptions exclude", async () => {
    const source = `import os\nX = "prod" if os.environ.get("ENV") == "live" else "dev"\n`;
    const files = { "pyproject.toml": `[tool.django-settings-lint]\nassume = { ENV = "live" }\n` };
    assert.ok(!(await inProduction(source, isProd)));
    assert.ok(await inProduction(source, isProd, { files }));
  });

  it("takes a variable's text from production's deployment files, where they agree", async () => {
    const source = `import os\nX = os.environ.get("MODE", "dev")\n`;
    const compose = (mode: string): string =>
      `services:\n  web:\n    image: shop\n    command: gunicorn shop.wsgi\n    environment:\n      DJANGO_SETTINGS_MODULE: shop.settings.production\n      MODE: ${mode}\n`;
    assert.ok(await inProduction(source, isProd, { files: { "docker-compose.prod.yml": compose("prod") } }));
    const twice = { "docker-compose.prod.yml": compose("prod"), "docker-compose.production.yml": compose("other") };
    assert.ok(!(await inProduction(source, isProd, { files: twice })));
    const stays = ({ setting }: RuleContext): boolean =>
      setting("X").mustBe((value) => value.kind === "environment") !== undefined;
    assert.ok(await inProduction(source, stays, { files: { "docker-compose.prod.yml": compose("prod") } }));
  });
});

describe("effective settings", () => {
  it("take Django's default where nothing is assigned", async () => {
    const proof = await inProduction(
      "SITE_ID = 1\n",
      ({ setting }) => setting("CONN_MAX_AGE").isUnset && setting("DEBUG").mustBe(isFalsy),
    );
    assert.ok(proof !== false && proof !== undefined);
    assert.deepEqual([proof.origin, proof.steps, proof.overridable], [undefined, [], undefined]);
    assert.equal(proof.site.range.start, 0);
  });

  it("are missed beside what is most related to them, never at an import", async () => {
    const source = `from pathlib import Path\nfrom .base import *\nTIME_ZONE = "UTC"\nCSRF_COOKIE_NAME = "c"\nSESSION_ENGINE = "x"\nDEBUG = False\n`;
    const files = { "shop/settings/base.py": `LANGUAGE_CODE = "de"\nSTATIC_URL = "/s/"\n` };
    const placeOf = async (name: string): Promise<string> => {
      const proof = await inProduction(source, ({ setting }) => setting(name).mustBe(() => true), { files });
      assert.ok(proof !== undefined && proof.origin === undefined);
      const { file, range } = proof.site;
      const text = file.endsWith("base.py") ? files["shop/settings/base.py"] : source;
      return `${file.slice(file.lastIndexOf("/") + 1)} ${text.slice(range.start, range.end)}`;
    };
    assert.equal(await placeOf("SESSION_COOKIE_SECURE"), "production.py CSRF_COOKIE_NAME");
    assert.equal(await placeOf("SESSION_CACHE_ALIAS"), "production.py SESSION_ENGINE");
    assert.equal(await placeOf("SECURE_HSTS_SECONDS"), "production.py DEBUG");
    assert.equal(await placeOf("USE_TZ"), "production.py TIME_ZONE");
    assert.equal(await placeOf("EMAIL_TIMEOUT"), "production.py TIME_ZONE");
    assert.equal(await placeOf("STATIC_ROOT"), "base.py STATIC_URL");
  });

  it("stand at the star import where nothing is assigned", async () => {
    const source = `"""Doc."""\nimport os\nfrom .base import *\nA = 1\n`;
    const files = { "shop/settings/base.py": "B = 1\n" };
    const site = await inProduction(source, ({ headSite }) => headSite, { files });
    assert.equal(source.slice(site.range.start, site.range.end), "from .base import *");
  });

  it("stand at the name that the last assignment binds", async () => {
    const source = `X = "a"\nX = "prod"\n`;
    const proof = await inProduction(source, ({ setting }) => setting("X").mustBe(is("prod")));
    assert.deepEqual(proof?.site.range, { start: 8, end: 9 });
    assert.equal(proof?.when, "");
  });

  it("read with an empty environment, and drop what that excludes", async () => {
    const source = `import os\nif os.environ.get("A"):\n    X = "set"\nelse:\n    X = os.environ.get("B", "prod")\n`;
    const missing = await inProduction(source, ({ setting }) => setting("X").read("missing"));
    assert.deepEqual(
      missing.map(({ value }) => value.kind === "str" && value.value),
      ["prod"],
    );
  });

  it("say under which condition something may happen, but not what always holds in production", async () => {
    const source = `import os\nDEBUG = os.environ.get("D") == "1"\nX = "other"\nif not DEBUG:\n    if os.environ.get("FLAG"):\n        X = "prod"\n`;
    const proof = await inProduction(source, ({ setting }) => setting("X").mayBe(is("prod")));
    assert.equal(proof?.when, "if FLAG");
  });

  it("say that a module outside of the workspace may replace a value", async () => {
    const source = `X = "prod"\ntry:\n    from .local import *\nexcept ImportError:\n    pass\n`;
    const proof = await inProduction(source, ({ setting }) => setting("X").mustBe(is("prod")));
    assert.equal(proof?.overridable?.kind, "import");
  });
});
