import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A small Django project: a settings package with a module for each environment. */
export const SHOP: Readonly<Record<string, string>> = {
  "manage.py":
    'import os\nimport sys\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.development")\n' +
    "from django.core.management import execute_from_command_line\n\nexecute_from_command_line(sys.argv)\n",
  "requirements.txt": "Django==5.2.1\n",
  // Few rules, so that these tests are about the protocol and not about what rules there are.
  "pyproject.toml":
    '[tool.django-settings-lint]\npreset = "none"\nrules = { debug-enabled = "error", unused-suppression = "warning" }\n',
  "shop/__init__.py": "",
  "shop/wsgi.py":
    'import os\n\nfrom django.core.wsgi import get_wsgi_application\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\n' +
    "application = get_wsgi_application()\n",
  "shop/views.py": "from django.http import HttpResponse\n",
  "shop/settings/__init__.py": "",
  "shop/settings/base.py": [
    "from pathlib import Path",
    "",
    "BASE_DIR = Path(__file__).resolve().parent.parent.parent",
    'INSTALLED_APPS = ["django.contrib.admin"]',
    "MIDDLEWARE = []",
    'ROOT_URLCONF = "shop.urls"',
    "DEBUG = True",
    "",
  ].join("\n"),
  "shop/settings/development.py": "from .base import *\n\nDEBUG = True\n",
  "shop/settings/production.py": 'from .base import *\n\nALLOWED_HOSTS = ["shop.example"]\n',
};

/** A folder of files on disk that is gone after the test. */
export class DiskProject {
  readonly root: string;
  private readonly made: string;

  /** `parent`: a folder below the temporary one in which the project stands, to try odd names. */
  constructor(files: Readonly<Record<string, string>> = SHOP, parent = "") {
    // On macOS the temporary folder is a symbolic link, and servers see real paths.
    this.made = realpathSync(mkdtempSync(join(tmpdir(), "settings-lint-")));
    this.root = join(this.made, parent);
    mkdirSync(this.root, { recursive: true });
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  path(relative: string): string {
    return join(this.root, relative);
  }

  write(relative: string, text: string): string {
    const path = this.path(relative);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  read(relative: string): string {
    return readFileSync(this.path(relative), "utf8");
  }

  delete(relative: string): string {
    rmSync(this.path(relative), { recursive: true });
    return this.path(relative);
  }

  dispose(): void {
    rmSync(this.made, { recursive: true, force: true });
  }
}
