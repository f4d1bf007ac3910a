import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(__dirname, "..", "..");
const cli = join(root, "dist", "cli.js");

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project in a folder of its own, and the command line run in it as a process. */
export class TemporaryProject {
  readonly folder = mkdtempSync(join(tmpdir(), "settings-"));

  constructor(files: Readonly<Record<string, string | Uint8Array>>) {
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  write(name: string, content: string | Uint8Array): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  run(...args: readonly string[]): Promise<Result> {
    return run(args, { cwd: this.folder });
  }

  async json(...args: readonly string[]): Promise<unknown> {
    const { stdout } = await this.run(...args, "--format", "json");
    return JSON.parse(stdout) as unknown;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
}

/** Runs `django-settings-lint` and waits for its end. */
export function run(args: readonly string[], options: RunOptions = {}): Promise<Result> {
  const { FORCE_COLOR, NO_COLOR, COLUMNS, ...env } = process.env;
  void [FORCE_COLOR, NO_COLOR, COLUMNS];
  const [command = process.execPath, ...before] = options.command ?? [process.execPath];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...before, cli, ...args], {
      cwd: options.cwd ?? root,
      env: { ...env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (chunks.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (chunks.stderr += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...chunks }));
  });
}

const SECRET = "n7x!q2v9w4z8b1m5k3j6h0g2f4d8s1a5p9o3i7u2y6t4r8e1";

/** The invented secret that no output may show. */
export const KEY = `${SECRET}wq`;

/** A small shop with settings for three environments: DEBUG and a secret key reach production. */
export function shop(changes: Readonly<Record<string, string | Uint8Array>> = {}): Record<string, string | Uint8Array> {
  const selects = (module: string): string =>
    `import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${module}")\n`;
  return {
    "manage.py": selects("shop.settings.development"),
    "requirements.txt": "Django==5.2.1\n",
    "shop/__init__.py": "",
    "shop/wsgi.py": selects("shop.settings.production"),
    "shop/settings/__init__.py": "",
    "shop/settings/base.py": [
      "import os",
      "from pathlib import Path",
      "",
      "BASE_DIR = Path(__file__).resolve().parent.parent.parent",
      "DEBUG = True",
      `SECRET_KEY = "${KEY}"  # before: "${SECRET}"`,
      'ALLOWED_HOSTS = ["shop.example"]',
      'INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes"]',
      "DATABASES = {",
      '    "default": {',
      '        "ENGINE": "django.db.backends.postgresql",',
      '        "HOST": os.environ.get("DB_HOST", "localhost"),',
      '        "PASSWORD": "tiger-tiger-9",',
      "    }",
      "}",
      'BROKER_URL = "amqp://shop:tiger-tiger-9@queue/"',
      "",
    ].join("\n"),
    "shop/settings/development.py": "from .base import *\n\nDEBUG = True\n",
    "shop/settings/production.py": "from .base import *\n\nCONN_MAX_AGE = 60\n",
    ...changes,
  };
}

/** Texts of {@link shop} that are secrets. */
export const SECRETS: readonly string[] = [KEY, SECRET, "tiger-tiger-9"];
