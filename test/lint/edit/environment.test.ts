import assert from "node:assert/strict";
import type { DatabaseUrlLibrary, EditBuilder, EnvironmentReadKind } from "../../../server/src/lint/edit";
import type { Options } from "./support";
import { Bench, fixed } from "./support";

const KEY = '"invented"';

/** Replaces the literal `"invented"` by a required read of `DJANGO_SECRET_KEY`. */
const loadKey = (edit: EditBuilder, bench: Bench): void =>
  edit.replace(bench.entry, bench.range(KEY), edit.readEnvironment(bench.entry, "DJANGO_SECRET_KEY", "str"));

async function reads(head: string, options: Options = {}): Promise<readonly string[]> {
  const cases: readonly [EnvironmentReadKind, string?][] = [
    ["str"],
    ["str", '"d"'],
    ["bool"],
    ["bool", "False"],
    ["int"],
    ["int", "5"],
    ["list"],
    ["list", "[]"],
    ["list", '["a", "b"]'],
  ];
  const bench = await Bench.open({ "settings.py": head }, options);
  const result: string[] = [];
  bench.edits((edit, file) => {
    for (const [kind, fallback] of cases) result.push(edit.readEnvironment(file, "X", kind, fallback));
  });
  for (const each of result)
    assert.deepEqual((await Bench.open({ "settings.py": `A = ${each}\n` })).module().problems, []);
  return result;
}

describe("reading the environment", () => {
  it("with the standard library", async () => {
    const truthy = '.lower() in {"1", "true", "yes", "on"}';
    assert.deepEqual(await reads("import os\n"), [
      'os.environ["X"]',
      'os.environ.get("X", "d")',
      `os.environ["X"]${truthy}`,
      `os.environ.get("X", "")${truthy}`,
      'int(os.environ["X"])',
      'int(os.environ.get("X", "5"))',
      '[v for v in os.environ["X"].split(",") if v]',
      '[v for v in os.environ.get("X", "").split(",") if v]',
      '[v for v in os.environ.get("X", "a,b").split(",") if v]',
    ]);
  });
  it("with django-environ", async () => {
    assert.deepEqual(await reads("import environ\n\nroot_env = environ.Env(DEBUG=(bool, False))\n"), [
      'root_env("X")',
      'root_env("X", default="d")',
      'root_env.bool("X")',
      'root_env.bool("X", default=False)',
      'root_env.int("X")',
      'root_env.int("X", default=5)',
      'root_env.list("X")',
      'root_env.list("X", default=[])',
      'root_env.list("X", default=["a", "b"])',
    ]);
  });
  it("with python-decouple", async () => {
    assert.deepEqual(await reads("from decouple import config\n"), [
      'config("X")',
      'config("X", default="d")',
      'config("X", cast=bool)',
      'config("X", default=False, cast=bool)',
      'config("X", cast=int)',
      'config("X", default=5, cast=int)',
      'config("X", cast=Csv())',
      'config("X", default="", cast=Csv())',
      'config("X", default="a,b", cast=Csv())',
    ]);
  });
  it("with environs", async () => {
    assert.deepEqual(await reads("from environs import Env\n\nenv = Env()\n"), [
      'env.str("X")',
      'env.str("X", "d")',
      'env.bool("X")',
      'env.bool("X", False)',
      'env.int("X")',
      'env.int("X", 5)',
      'env.list("X")',
      'env.list("X", [])',
      'env.list("X", ["a", "b"])',
    ]);
  });
  it("gives other fallbacks their type with the standard library", async () => {
    const bench = await Bench.open({ "settings.py": "import os\n" });
    bench.edits((edit, file) => {
      assert.equal(edit.readEnvironment(file, "X", "str", "None"), 'os.environ.get("X")');
      assert.equal(
        edit.readEnvironment(file, "X", "int", "None"),
        'int(os.environ["X"]) if "X" in os.environ else None',
      );
      assert.match(edit.readEnvironment(file, "X", "bool", "True"), /^os\.environ\.get\("X", "true"\)\.lower/);
      assert.match(edit.readEnvironment(file, "X", "bool", "not X"), /^os\.environ\.get\("X", str\(not X\)\)/);
      assert.match(edit.readEnvironment(file, "X", "list", "HOSTS"), / if "X" in os\.environ else HOSTS$/);
    });
  });
});

describe("the dialect of a secret", () => {
  const cases: readonly [name: string, before: string, options: Options, after: string][] = [
    ["nothing known", `SECRET_KEY = ${KEY}\n`, {}, `import os\n\nSECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\n`],
    [
      "single quotes",
      `A = 'a'\nB = 'b'\nSECRET_KEY = ${KEY}\n`,
      {},
      `import os\n\nA = 'a'\nB = 'b'\nSECRET_KEY = os.environ['DJANGO_SECRET_KEY']\n`,
    ],
    [
      "from os import environ",
      `from os import environ\n\nA = environ["A"]\nSECRET_KEY = ${KEY}\n`,
      { packages: ["environs"] },
      `from os import environ\n\nA = environ["A"]\nSECRET_KEY = environ["DJANGO_SECRET_KEY"]\n`,
    ],
    [
      "os in the file, a library installed",
      `import os\n\nA = os.getenv("A")\nSECRET_KEY = ${KEY}\n`,
      { packages: ["django-environ"] },
      `import os\n\nA = os.getenv("A")\nSECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\n`,
    ],
    [
      "os only for paths, a library installed",
      `import os\n\nA = os.path.sep\nSECRET_KEY = ${KEY}\n`,
      { packages: ["python-decouple"] },
      `import os\n\nfrom decouple import config\n\nA = os.path.sep\nSECRET_KEY = config("DJANGO_SECRET_KEY")\n`,
    ],
    [
      "django-environ installed",
      `"""Doc."""\n\nimport os\n\nSECRET_KEY = ${KEY}\n`,
      { packages: ["environs", "django-environ"] },
      `"""Doc."""\n\nimport os\n\nimport environ\n\nenv = environ.Env()\n\nSECRET_KEY = env("DJANGO_SECRET_KEY")\n`,
    ],
    [
      "django-environ installed, no import yet",
      `SECRET_KEY = ${KEY}\n`,
      { packages: ["django-environ"] },
      `import environ\n\nenv = environ.Env()\n\nSECRET_KEY = env("DJANGO_SECRET_KEY")\n`,
    ],
    [
      "django-environ installed, docstring",
      `"""Doc."""\n\nSECRET_KEY = ${KEY}\n`,
      { packages: ["django-environ"] },
      `"""Doc."""\n\nimport environ\n\nenv = environ.Env()\n\nSECRET_KEY = env("DJANGO_SECRET_KEY")\n`,
    ],
    [
      "django-environ installed, code right behind",
      `import os\nSECRET_KEY = ${KEY}\n`,
      { packages: ["django-environ"] },
      `import os\n\nimport environ\n\nenv = environ.Env()\n\nSECRET_KEY = env("DJANGO_SECRET_KEY")\n`,
    ],
    [
      "the name env is taken",
      `env = "x"\nSECRET_KEY = ${KEY}\n`,
      { packages: ["environs"] },
      `from environs import Env\n\nenvironment = Env()\n\nenv = "x"\nSECRET_KEY = environment.str("DJANGO_SECRET_KEY")\n`,
    ],
    [
      "FileAwareEnv",
      `import environ\n\ne = environ.FileAwareEnv()\nSECRET_KEY = ${KEY}\n`,
      {},
      `import environ\n\ne = environ.FileAwareEnv()\nSECRET_KEY = e("DJANGO_SECRET_KEY")\n`,
    ],
    [
      "from environ import Env as E",
      `from environ import Env as E\n\nvars_ = E()\nSECRET_KEY = ${KEY}\n`,
      {},
      `from environ import Env as E\n\nvars_ = E()\nSECRET_KEY = vars_("DJANGO_SECRET_KEY")\n`,
    ],
    [
      "AutoConfig",
      `from decouple import AutoConfig\n\nconf = AutoConfig()\nSECRET_KEY = ${KEY}\n`,
      {},
      `from decouple import AutoConfig\n\nconf = AutoConfig()\nSECRET_KEY = conf("DJANGO_SECRET_KEY")\n`,
    ],
    [
      "import decouple",
      `import decouple\n\nSECRET_KEY = ${KEY}\n`,
      {},
      `import decouple\n\nSECRET_KEY = decouple.config("DJANGO_SECRET_KEY")\n`,
    ],
    [
      "an Env made further down",
      `import environ\n\nSECRET_KEY = ${KEY}\nenv = environ.Env()\n`,
      {},
      `import os\n\nimport environ\n\nSECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\nenv = environ.Env()\n`,
    ],
    [
      "environ is os.environ",
      `from os import environ\n\nSECRET_KEY = ${KEY}\n`,
      { packages: ["django-environ"] },
      `from os import environ\n\nimport environ as _environ\n\nenv = _environ.Env()\n\nSECRET_KEY = env("DJANGO_SECRET_KEY")\n`,
    ],
    [
      "an emoji above",
      `A = "🦄🦄"\nSECRET_KEY = ${KEY}\n`,
      {},
      `import os\n\nA = "🦄🦄"\nSECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\n`,
    ],
  ];
  for (const [name, before, options, after] of cases)
    it(name, async () => assert.equal(await fixed(before, loadKey, options), after));

  const split: readonly [name: string, settings: string, base: string, after: string][] = [
    [
      "env through a star import",
      `from base import *\n\nSECRET_KEY = ${KEY}\n`,
      "import environ\n\nenv = environ.Env()\n",
      `from base import *\n\nSECRET_KEY = env("DJANGO_SECRET_KEY")\n`,
    ],
    [
      "env imported by name",
      `from base import A, env as e\n\nSECRET_KEY = ${KEY}\n`,
      "import environ\n\nA = 1\nenv = environ.Env()\n",
      `from base import A, env as e\n\nSECRET_KEY = e("DJANGO_SECRET_KEY")\n`,
    ],
    [
      "env held back by __all__",
      `from base import *\n\nSECRET_KEY = ${KEY}\n`,
      "import environ\n\n__all__ = ['A']\nenv = environ.Env()\n",
      `from base import *\nfrom base import env\n\nSECRET_KEY = env("DJANGO_SECRET_KEY")\n`,
    ],
    [
      "a private env",
      `from base import *\n\nSECRET_KEY = ${KEY}\n`,
      "import environ\n\n_env = environ.Env()\n",
      `from base import *\nfrom base import _env\n\nSECRET_KEY = _env("DJANGO_SECRET_KEY")\n`,
    ],
    [
      "os of the base",
      `from base import *\n\nSECRET_KEY = ${KEY}\n`,
      'import os\n\nA = os.environ["A"]\n',
      `from base import *\n\nSECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\n`,
    ],
    [
      "decouple through a star import",
      `from base import *\n\nSECRET_KEY = ${KEY}\n`,
      "from decouple import config\n",
      `from base import *\n\nSECRET_KEY = config("DJANGO_SECRET_KEY")\n`,
    ],
    [
      "a star import below",
      `SECRET_KEY = ${KEY}\n\nfrom base import *\n`,
      "import environ\n\nenv = environ.Env()\n",
      `import os\n\nSECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\n\nfrom base import *\n`,
    ],
  ];
  for (const [name, settings, base, after] of split)
    it(name, async () => {
      const bench = await Bench.open({ "settings.py": settings, "base.py": base }, { packages: ["environs"] });
      assert.equal(
        bench.apply((edit) => loadKey(edit, bench)),
        after,
      );
    });

  it("imports the object relatively where the star import is relative", async () => {
    const bench = await Bench.open(
      {
        "conf/__init__.py": "",
        "conf/base.py": "import environ\n\n__all__ = []\nenv = environ.Env()\n",
        "conf/prod.py": `from .base import *\n\nSECRET_KEY = ${KEY}\n`,
      },
      { entry: "/shop/conf/prod.py" },
    );
    assert.equal(
      bench.apply((edit) => loadKey(edit, bench)),
      `from .base import *\nfrom .base import env\n\nSECRET_KEY = env("DJANGO_SECRET_KEY")\n`,
    );
  });

  it("django-configurations: the attribute's own variable, another one, and a value inside a dict", async () => {
    const before = `from configurations import Configuration\n\n\nclass Base(Configuration):\n    SECRET_KEY = ${KEY}\n    LIMIT = 5\n    D = {"a": 1}\n`;
    const after = await fixed(before, (edit, bench) => {
      const { entry } = bench;
      edit.replace(
        entry,
        bench.range(KEY),
        edit.readEnvironment(entry, edit.variable({ path: ["SECRET_KEY"] }), "str"),
      );
      edit.replace(entry, bench.range("5"), edit.readEnvironment(entry, "DJANGO_MAX", "int", "5"));
      edit.replace(entry, bench.range("1"), edit.readEnvironment(entry, "A", "str"));
    });
    assert.equal(
      after,
      `import os\n\nfrom configurations import Configuration, values\n\n\nclass Base(Configuration):\n    SECRET_KEY = values.SecretValue()\n    LIMIT = values.IntegerValue(5, environ_name="MAX")\n    D = {"a": os.environ["A"]}\n`,
    );
  });

  it("does not assign beside django-configurations' classes", async () => {
    const before = "from configurations import Configuration\n\n\nclass Base(Configuration):\n    A = 1\n";
    assert.equal(await fixed(before, (edit, bench) => edit.assign(bench.entry, "X", "1")), before);
  });

  it("in an assignment behind a star import, with a new Env", async () => {
    const after = await fixed(
      "from .base import *\n\nA = 1\n",
      (edit, bench) => edit.assign(bench.entry, "DEBUG", edit.readEnvironment(bench.entry, "DEBUG", "bool", "False")),
      { packages: ["django-environ"] },
    );
    assert.equal(
      after,
      `import environ\n\nfrom .base import *\n\nenv = environ.Env()\n\nDEBUG = env.bool("DEBUG", default=False)\n\nA = 1\n`,
    );
  });
  it("in an assignment behind the file's own Env", async () => {
    const after = await fixed("from .base import *\nimport environ\n\nenv = environ.Env()\n\nA = 1\n", (edit, bench) =>
      edit.assign(bench.entry, "DEBUG", edit.readEnvironment(bench.entry, "DEBUG", "bool", "False")),
    );
    assert.equal(
      after,
      `from .base import *\nimport environ\n\nenv = environ.Env()\n\nDEBUG = env.bool("DEBUG", default=False)\n\nA = 1\n`,
    );
  });
});

describe("the name of a variable", () => {
  const cases: readonly [name: string, before: string, packages: readonly string[], expected: string][] = [
    ["no reads", "A = 1\n", [], "DJANGO_SECRET_KEY"],
    ["no reads, decouple", "A = 1\n", ["python-decouple"], "SECRET_KEY"],
    ["a prefix in use", 'import os\nDEBUG = os.environ["APP_DEBUG"]\n', [], "APP_SECRET_KEY"],
    ["the prefix most in use", 'D = env("D")\nE = env("APP_E")\nF = env.bool("APP_F")\n', [], "APP_SECRET_KEY"],
    ["no prefix in use", 'import os\nDEBUG = os.environ.get("DEBUG") == "1"\n', [], "SECRET_KEY"],
    ["reads of other things", 'import os\nX = os.getenv("SENTRY_DSN")\n', [], "SECRET_KEY"],
    ["Django's prefix on other things", 'import os\nX = os.getenv("DJANGO_HOSTS")\n', [], "DJANGO_SECRET_KEY"],
    ["inside a call", 'DEBUG = bool(int(environ.get("SHOP_DEBUG", "0")))\n', [], "SHOP_SECRET_KEY"],
  ];
  for (const [name, text, packages, expected] of cases)
    it(name, async () => {
      const bench = await Bench.open({ "settings.py": text }, { packages });
      bench.edits((edit) => assert.equal(edit.variable({ path: ["SECRET_KEY"] }), expected));
    });
});

describe("reading a database from a URL", () => {
  const entry = async (
    head: string,
    library: DatabaseUrlLibrary,
    options: Options = {},
    variable = "DATABASE_URL",
  ): Promise<string> =>
    fixed(
      `${head}DATABASES = {"default": None}\n`,
      (edit, bench) =>
        edit.replace(bench.entry, bench.range("None"), edit.readDatabase(bench.entry, variable, library)),
      options,
    );
  for (const [title, head, library, expected] of [
    [
      "with the file's own environ.Env",
      "import environ\n\nroot_env = environ.Env()\n",
      "django-environ",
      'import environ\n\nroot_env = environ.Env()\nDATABASES = {"default": root_env.db("DATABASE_URL")}\n',
    ],
    [
      "with django-environ in a file that reads with the standard library",
      'import os\n\nA = os.environ["A"]\n',
      "django-environ",
      'import os\n\nimport environ\n\nenv = environ.Env()\n\nA = os.environ["A"]\nDATABASES = {"default": env.db("DATABASE_URL")}\n',
    ],
    [
      "with dj-database-url",
      "import os\n\nimport dj_database_url\n\nA = os.getenv('A')\n",
      "dj-database-url",
      "import os\n\nimport dj_database_url\n\nA = os.getenv('A')\nDATABASES = {\"default\": dj_database_url.config()}\n",
    ],
    [
      "with dj-database-url under another name",
      "from dj_database_url import config as from_url\n\n",
      "dj-database-url",
      'from dj_database_url import config as from_url\n\nDATABASES = {"default": from_url()}\n',
    ],
    [
      "with dj-database-url and python-decouple",
      "from decouple import config\n\n",
      "dj-database-url",
      'import dj_database_url\nfrom decouple import config\n\nDATABASES = {"default": dj_database_url.parse(config("DATABASE_URL"))}\n',
    ],
    [
      "with environs",
      "from environs import Env\n\nenv = Env()\n",
      "dj-database-url",
      'from environs import Env\n\nenv = Env()\nDATABASES = {"default": env.dj_db_url("DATABASE_URL")}\n',
    ],
  ] as const)
    it(title, async () => assert.equal(await entry(head, library), expected));

  it("from another variable", async () => {
    const text = await entry("import dj_database_url\n\n", "dj-database-url", {}, "REPORTS_DATABASE_URL");
    assert.match(text, /\{"default": dj_database_url\.config\(env="REPORTS_DATABASE_URL"\)\}/);
  });
  it("gives no edits before its reader is made", async () => {
    const text = 'import environ\n\nDATABASES = {"default": None}\nenv = environ.Env()\n';
    const bench = await Bench.open({ "settings.py": text });
    const edits = bench.edits((edit, file) =>
      edit.replace(file, bench.range("None"), edit.readDatabase(file, "DATABASE_URL", "django-environ")),
    );
    assert.deepEqual(edits, []);
  });
});
