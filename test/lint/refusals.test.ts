import assert from "node:assert/strict";
import { NEVER_CANCELLED } from "../../server/src/base/cancellation";
import type { Release } from "../../server/src/django/release";
import { djangoParity } from "../../server/src/lint/parity";
import { Snapshot } from "../../server/src/project/snapshot";
import { SourceCache } from "../../server/src/project/sourceCache";
import { listWorkspace } from "../../server/src/project/workspaceFiles";
import { evaluate } from "../../server/src/python/evaluate";
import { wholeEnvironment } from "../../server/src/python/semantics/resolve";
import { MemoryFileSystem } from "../harness/memoryFileSystem";
import { testParser } from "../harness/parser";

const BASE = 'SECRET_KEY = "x"\nALLOWED_HOSTS = ["a"]\nINSTALLED_APPS = []\n';

/** What Django raises when it loads some settings; `undefined` when it takes them. */
async function raisedBy(source: string, django: Release): Promise<string | undefined> {
  const files = new MemoryFileSystem({ "/w/settings.py": BASE + source });
  const snapshot = new Snapshot(await listWorkspace(files, "/w"), files, new SourceCache(await testParser()));
  await snapshot.load([...snapshot.listing.files]);
  const project = {
    ...{ root: "/w", importRoots: ["/w"], modules: [], entryPoints: [], deployedVariables: [] },
    ...{ django: undefined, packages: new Map<string, string>(), server: undefined, starts: [] },
  };
  const evaluation = evaluate(snapshot.host(["/w"]), "/w/settings.py", NEVER_CANCELLED);
  const nothing = wholeEnvironment(() => undefined);
  const code = { snapshot, project, module: { file: "/w/settings.py" } };
  const { raises } = djangoParity(code, evaluation, nothing, django);
  return raises === undefined ? undefined : `${raises.exception}: ${raises.message ?? ""}`;
}

const sequence = (name: string, end = ""): string =>
  `ImproperlyConfigured: The ${name} setting must be a list or a tuple.${end}`;
const EMPTY_KEY = "ImproperlyConfigured: The SECRET_KEY setting must not be empty.";

/** Recorded from django.conf.Settings of these releases under CPython 3.11. */
const RECORDED: readonly (readonly [source: string, django: Release, raised: string | undefined])[] = [
  ['ALLOWED_HOSTS = "a.example"', [3, 2], undefined],
  ['ALLOWED_HOSTS = "a.example"', [4, 0], sequence("ALLOWED_HOSTS")],
  ["ALLOWED_HOSTS = None", [6, 0], sequence("ALLOWED_HOSTS")],
  ['ALLOWED_HOSTS = ("a",)', [6, 0], undefined],
  ["SECRET_KEY_FALLBACKS = None", [4, 0], undefined],
  ["SECRET_KEY_FALLBACKS = None", [4, 1], sequence("SECRET_KEY_FALLBACKS")],
  ['INSTALLED_APPS = "django.contrib.auth"', [2, 2], sequence("INSTALLED_APPS", " ")],
  ["INSTALLED_APPS = {}", [5, 2], sequence("INSTALLED_APPS")],
  ['TEMPLATE_DIRS = "x"', [5, 2], sequence("TEMPLATE_DIRS")],
  ['ALLOWED_HOSTS = "a"\nINSTALLED_APPS = None', [3, 2], sequence("INSTALLED_APPS", " ")],
  ['ALLOWED_HOSTS = "a"\nINSTALLED_APPS = None', [5, 2], sequence("ALLOWED_HOSTS")],
  ['SECRET_KEY = ""', [3, 1], EMPTY_KEY],
  ["del SECRET_KEY", [3, 1], EMPTY_KEY],
  ['SECRET_KEY = ""', [3, 2], undefined],
  ['TIME_ZONE = "Mars/Olympus"', [5, 2], "ValueError: Incorrect timezone setting: Mars/Olympus"],
  ['TIME_ZONE = "Europe"', [5, 2], undefined],
  ["TIME_ZONE = None", [5, 2], undefined],
  ['TIME_ZONE = "Nowhere"\nLOCALE_PATHS = None', [5, 2], sequence("LOCALE_PATHS")],
  [
    "PASSWORD_RESET_TIMEOUT_DAYS = 3\nPASSWORD_RESET_TIMEOUT = 5",
    [3, 2],
    "ImproperlyConfigured: PASSWORD_RESET_TIMEOUT_DAYS/PASSWORD_RESET_TIMEOUT are mutually exclusive.",
  ],
  ["PASSWORD_RESET_TIMEOUT_DAYS = 3\nPASSWORD_RESET_TIMEOUT = 5", [4, 0], undefined],
  [
    'STORAGES = {}\nDEFAULT_FILE_STORAGE = "x"',
    [4, 2],
    "ImproperlyConfigured: DEFAULT_FILE_STORAGE/STORAGES are mutually exclusive.",
  ],
  [
    'STORAGES = {}\nSTATICFILES_STORAGE = "x"',
    [5, 0],
    "ImproperlyConfigured: STATICFILES_STORAGE/STORAGES are mutually exclusive.",
  ],
  ['STORAGES = {}\nSTATICFILES_STORAGE = "x"', [5, 1], undefined],
];

describe("settings that Django refuses to load", () => {
  for (const [source, django, raised] of RECORDED)
    it(`${source.replaceAll("\n", "; ")} under Django ${django.join(".")}`, async () => {
      assert.equal(await raisedBy(source, django), raised);
    });

  it("are not claimed where it depends on what is not known", async () => {
    assert.equal(await raisedBy("from elsewhere import *", [5, 2]), undefined);
    assert.equal(await raisedBy('import random\nif random.random():\n    ALLOWED_HOSTS = "a"', [5, 2]), undefined);
  });
});
