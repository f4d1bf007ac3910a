import assert from "node:assert/strict";
import { applyEdits, lintFiles, projectFiles, type Files } from "../harness/lintCase";
import type { Fix } from "../../server/src/lint/finding";
import { rules } from "../../server/src/rules/index";

/** The rules that bring settings to a release. */
const NOT_OF_SETTINGS = new Set(["use-tz-default-flip", "django-version-unsupported"]);
const UPGRADING = rules.filter(
  ({ category, id }) => id === "storages-conflict" || (category === "deprecation" && !NOT_OF_SETTINGS.has(id)),
);

/** Applies safe fixes until there are none, and gives the settings. */
async function upgraded(
  release: string,
  settings: string,
  others: Readonly<Record<string, string>> = {},
  isWanted: (fix: Fix) => boolean = ({ safety }) => safety === "safe",
): Promise<string> {
  const path = "shop/settings.py";
  const all = { [path]: settings, "requirements.txt": `Django==${release}\n`, ...others };
  let files: Files = projectFiles(new Map(Object.entries(all)), new Map());
  for (let round = 0; round < 5; round += 1) {
    const { findings } = await lintFiles(files, UPGRADING);
    const fix = findings.flatMap(({ fixes }) => fixes).find(isWanted);
    if (fix === undefined) break;
    files = applyEdits(files, fix.edits());
  }
  return files.get(path) ?? "";
}

const HEAD = `import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n`;
const FILES = "django.core.files.storage.FileSystemStorage";
const STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage";
const inClass = (body: string): string =>
  `from configurations import Configuration\n\n\nclass Production(Configuration):\n    SITE_ID = 1\n${body}`;
const storages = (files: string, staticFiles: string): string =>
  `STORAGES = {\n    "default": {\n        "BACKEND": ${files},\n    },\n    "staticfiles": {\n        "BACKEND": ${staticFiles},\n    },\n}\n`;

/** What django-upgrade 1.33 rewrites in settings when it is asked for a release, and what it makes of it. */
const ROWS: readonly (readonly [name: string, release: string, before: string, after: string])[] = [
  ["USE_L10N", "4.0", `${HEAD}USE_L10N = True\n`, HEAD],
  ["USE_L10N in a class", "4.0", inClass("    USE_L10N = True\n"), inClass("")],
  ["USE_L10N = False stays", "4.0", `${HEAD}USE_L10N = False\n`, `${HEAD}USE_L10N = False\n`],
  ["DEFAULT_AUTO_FIELD", "6.0", `${HEAD}DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"\n`, HEAD],
  [
    "another DEFAULT_AUTO_FIELD stays",
    "6.0",
    `${HEAD}DEFAULT_AUTO_FIELD = "django.db.models.AutoField"\n`,
    `${HEAD}DEFAULT_AUTO_FIELD = "django.db.models.AutoField"\n`,
  ],
  ["FORMS_URLFIELD_ASSUME_HTTPS", "6.0", `${HEAD}FORMS_URLFIELD_ASSUME_HTTPS = True\n`, HEAD],
  [
    "PASSWORD_RESET_TIMEOUT_DAYS",
    "3.1",
    `${HEAD}PASSWORD_RESET_TIMEOUT_DAYS = 4\n`,
    `${HEAD}PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * 4\n`,
  ],
  [
    "a computed PASSWORD_RESET_TIMEOUT_DAYS",
    "3.1",
    `${HEAD}WEEKS = 2\nPASSWORD_RESET_TIMEOUT_DAYS = WEEKS + 4\n`,
    `${HEAD}WEEKS = 2\nPASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * (WEEKS + 4)\n`,
  ],
  [
    "PASSWORD_RESET_TIMEOUT_DAYS of a call",
    "3.1",
    `${HEAD}PASSWORD_RESET_TIMEOUT_DAYS = int("4")\n`,
    `${HEAD}PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * int("4")\n`,
  ],
  [
    "the old name of PostgreSQL",
    "1.9",
    `${HEAD}DATABASES = {"default": {"ENGINE": 'django.db.backends.postgresql_psycopg2'}}\n`,
    `${HEAD}DATABASES = {"default": {"ENGINE": 'django.db.backends.postgresql'}}\n`,
  ],
  [
    "both storages",
    "4.2",
    `${HEAD}DEFAULT_FILE_STORAGE = "shop.storage.Files"\nSTATICFILES_STORAGE = 'shop.storage.Static'\n`,
    HEAD + storages(`"shop.storage.Files"`, `'shop.storage.Static'`),
  ],
  [
    "a storage for uploads",
    "4.2",
    `${HEAD}DEFAULT_FILE_STORAGE = "shop.storage.Files"\n`,
    HEAD + storages(`"shop.storage.Files"`, `"${STATIC}"`),
  ],
  [
    "a storage for static files",
    "4.2",
    `${HEAD}STATICFILES_STORAGE = "shop.storage.Static"\n`,
    HEAD + storages(`"${FILES}"`, `"shop.storage.Static"`),
  ],
  [
    "a STORAGES that is there stays",
    "4.2",
    `${HEAD}STORAGES = {}\nSTATICFILES_STORAGE = "shop.storage.Static"\n`,
    `${HEAD}STORAGES = {}\nSTATICFILES_STORAGE = "shop.storage.Static"\n`,
  ],
  [
    "ADMINS and MANAGERS",
    "6.0",
    `${HEAD}ADMINS = [("Ada", "ada@shop.example"), ("Ben", "ben@shop.example")]\nMANAGERS = (("Ada", "ada@shop.example"),)\n`,
    `${HEAD}ADMINS = ["ada@shop.example", "ben@shop.example"]\nMANAGERS = ("ada@shop.example",)\n`,
  ],
  [
    "ADMINS in a class",
    "6.0",
    inClass(`    ADMINS = [("Ada", "ada@shop.example")]\n`),
    inClass(`    ADMINS = ["ada@shop.example"]\n`),
  ],
];

describe("safe fixes do what django-upgrade does", () => {
  for (const [name, release, before, after] of ROWS)
    it(`${name} (Django ${release})`, async () => assert.equal(await upgraded(release, before), after));

  it("a storage beside those of a star-imported module (Django 4.2), which needs a look: Django refuses both", async () => {
    const base = `${HEAD}${storages(`"${FILES}"`, `"${STATIC}"`)}`;
    const before = `from .base import *\n\nSTATICFILES_STORAGE = "shop.storage.Static"\n`;
    const after = `from .base import *\n\nSTORAGES = {\n    **STORAGES,\n    "staticfiles": {\n        "BACKEND": "shop.storage.Static",\n    },\n}\n`;
    assert.equal(
      await upgraded("4.2", before, { "shop/base.py": base, "shop/__init__.py": "" }, ({ id }) => id === "add"),
      after,
    );
  });
});
