import assert from "node:assert/strict";
import { TemporaryProject } from "./command";

interface ParityDocument {
  readonly modules: readonly {
    readonly module: string;
    readonly django: string;
    readonly reported: readonly string[];
    readonly silenced: readonly string[];
    readonly raises: {
      readonly exception: string;
      readonly message: string | null;
      readonly place: string | null;
    } | null;
    readonly open: readonly string[];
  }[];
}

const FILES = {
  "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "requirements.txt": "Django==5.2.1\n",
  "shop/__init__.py": "",
  "shop/settings.py": [
    "import os",
    'SECRET_KEY = os.environ["SECRET_KEY"]',
    'DEBUG = os.environ.get("DEBUG") == "1"',
    'ALLOWED_HOSTS = ["shop.example"]',
    "INSTALLED_APPS = []",
    "TEMPLATES = []",
    'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.csrf.CsrfViewMiddleware"]',
    "CSRF_COOKIE_SECURE = True",
    "SECURE_SSL_REDIRECT = True",
    'SILENCED_SYSTEM_CHECKS = ["security.W004"]',
    "",
  ].join("\n"),
  "production.txt": `SECRET_KEY=${"0123456789".repeat(5)}\n`,
  "debug.txt": "SECRET_KEY=short\nDEBUG=1\n",
};

describe("check --django-parity", function () {
  this.timeout(30_000);
  let project: TemporaryProject;
  before(() => {
    project = new TemporaryProject(FILES);
  });
  after(() => project.remove());

  const parity = async (...args: readonly string[]): Promise<ParityDocument["modules"][number] | undefined> => {
    const { code, stdout } = await project.run("check", "--django-parity", "--format", "json", ...args);
    assert.equal(code, 0);
    return (JSON.parse(stdout) as ParityDocument).modules[0];
  };

  it("prints what Django reports in an environment", async () => {
    const quiet = await parity("--variables", "production.txt");
    assert.deepEqual(quiet, {
      ...{ module: "shop.settings", django: "5.2" },
      ...{ reported: ["security.W002"], silenced: ["security.W004"], raises: null, open: [] },
    });
    const loud = await parity("--variables", "debug.txt");
    assert.deepEqual(loud?.reported, ["security.W002", "security.W009", "security.W018"]);
  });

  it("leaves open what depends on variables that nobody states", async () => {
    const module = await parity();
    assert.deepEqual(module?.reported, ["security.W002"]);
    for (const id of ["security.W009", "security.W018"]) assert.ok(module.open.includes(id));
  });

  it("prints the exception with which a module does not load, and no ids", async () => {
    const settings = FILES["shop/settings.py"];
    const own = new TemporaryProject({ ...FILES, "shop/settings.py": `${settings}ALLOWED_HOSTS = "a.example"\n` });
    try {
      const args = ["check", "--django-parity", "--variables", "production.txt"];
      const { stdout } = await own.run(...args);
      assert.equal(
        stdout,
        "shop.settings (Django 5.2)\n  raises     ImproperlyConfigured: The ALLOWED_HOSTS setting must be a list or a tuple.\n",
      );
      const { modules } = (await own.json(...args)) as ParityDocument;
      assert.deepEqual(modules[0]?.reported, []);
      own.write("production.txt", "");
      const unset = (await own.json(...args)) as ParityDocument;
      assert.deepEqual(unset.modules[0]?.raises, { exception: "KeyError", message: null, place: "shop/settings.py:2" });
    } finally {
      own.remove();
    }
  });

  it("prints it for people, too", async () => {
    const { stdout } = await project.run("check", "--django-parity", "--variables", "production.txt");
    assert.equal(stdout, "shop.settings (Django 5.2)\n  reported   security.W002\n  silenced   security.W004\n");
  });

  it("says what it needs", async () => {
    const alone = await project.run("check", "--variables", "production.txt");
    assert.equal(alone.code, 2);
    assert.match(alone.stderr, /--variables goes with --django-parity/);
    const missing = await project.run("check", "--django-parity", "--variables", "nowhere.txt");
    assert.equal(missing.code, 2);
    assert.match(missing.stderr, /cannot read the variables in "nowhere\.txt"/);
    const format = await project.run("check", "--django-parity", "--format", "sarif");
    assert.equal(format.code, 2);
    assert.match(format.stderr, /prints text or json/);
  });
});
