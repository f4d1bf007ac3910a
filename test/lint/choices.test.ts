import assert from "node:assert/strict";
import { productionDeployment, ProductionView } from "../../server/src/lint/production";
import { show } from "../python/comparison";
import { lintFiles } from "../harness/lintCase";

const PARTS: Readonly<Record<string, string>> = {
  "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "shop/__init__.py": "",
  "shop/settings/base.py":
    'import os\nSECRET_KEY = os.environ["KEY"]\nDEBUG = os.environ.get("DEBUG") == "1"\nINSTALLED_APPS = []\nROOT_URLCONF = "shop.urls"\n',
  "shop/settings/production.py": 'CACHE_PREFIX = "production"\n',
  "shop/settings/staging.py": 'CACHE_PREFIX = "staging"\n',
  "shop/settings/local.py": 'CACHE_PREFIX = "local"\n',
  "shop/settings/mail.py": 'CACHE_PREFIX = "mail"\n',
};

/** What CACHE_PREFIX can be in production where the package chooses in this way. */
async function prefixes(choice: string): Promise<readonly string[]> {
  const text = `import os\nfrom .base import *\nENV = os.environ.get("ENV", "local")\n${choice}`;
  const { projects } = await lintFiles(new Map(Object.entries({ ...PARTS, "shop/settings/__init__.py": text })), []);
  const analysed = projects[0];
  const entry = analysed?.entries.find(({ module }) => module.name === "shop.settings");
  assert.ok(analysed && entry);
  const view = new ProductionView(entry.evaluation, productionDeployment(analysed.project, analysed.config));
  return view
    .outcomes("CACHE_PREFIX")
    .map(({ value }) => show(value) ?? "open")
    .sort();
}

describe("a choice between the modules of environments", () => {
  it("is for production what the branch of production gives", async () => {
    const choice = 'if ENV == "production":\n    from .production import *\nelse:\n    from .local import *\n';
    assert.deepEqual(await prefixes(choice), ["'production'"]);
  });

  it("may be written the other way round", async () => {
    const choice = 'if ENV != "production":\n    from .local import *\nelse:\n    from .production import *\n';
    assert.deepEqual(await prefixes(choice), ["'production'"]);
  });

  it("leaves staging its branch, and drops the one that is left for developers", async () => {
    const choice =
      'if ENV == "production":\n    from .production import *\nelif ENV == "staging":\n    from .staging import *\nelse:\n    from .local import *\n';
    assert.deepEqual(await prefixes(choice), ["'production'", "'staging'"]);
  });

  it("says nothing where no branch is for production", async () => {
    const choice = 'if ENV == "here":\n    from .local import *\nelse:\n    from .mail import *\n';
    assert.deepEqual(await prefixes(choice), ["'local'", "'mail'"]);
  });

  it("says nothing where two conditions decide", async () => {
    const choice =
      'if ENV == "production" and os.environ.get("SITE"):\n    from .production import *\nelse:\n    from .local import *\n';
    assert.deepEqual([...new Set(await prefixes(choice))], ["'local'", "'production'"]);
  });
});
