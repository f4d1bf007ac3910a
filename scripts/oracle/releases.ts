import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ReleaseName } from "../../test/oracle/recording";

/** The exact Django of each series, and the CPython series that it runs on (docs/faq/install, and what its code needs). */
const PINNED: Readonly<Record<ReleaseName, { readonly django: string; readonly python: readonly [number, number] }>> = {
  // 3.2 wants `cgi` and `distutils`, which went with 3.12 and 3.13.
  "3.2": { django: "3.2.25", python: [6, 11] },
  "4.2": { django: "4.2.20", python: [8, 12] },
  "5.2": { django: "5.2.17", python: [10, 14] },
  "6.0": { django: "6.0.10", python: [12, 14] },
  "6.1": { django: "6.1.3", python: [12, 14] },
};

/** Without a wheel for WebAssembly. */
const NOT_IN_WASM = /^PyYAML\b/;
const ROOT = join(__dirname, "../..");
/** Ignored by git; may be deleted at any time. */
const CACHE = join(ROOT, "node_modules", ".cache", "oracle");
const REQUIREMENTS = join(__dirname, "requirements.txt");

/** There is no Python, or the package index cannot be reached. */
export class NotAvailable extends Error {}

/** How jobs of a release are run: a command that reads them as JSON lines. */
export interface Runner {
  readonly release: ReleaseName;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** For people: which interpreter and Django. */
  readonly description: string;
}

/** Finds an interpreter for a release and installs Django and the libraries, once. Throws {@link NotAvailable}. */
export function prepareRunner(release: ReleaseName): Runner {
  const { django, python } = PINNED[release];
  const found = interpreterFor(python);
  const version = found?.version ?? "3.14-wasm";
  const packages = join(CACHE, `django-${django}-python-${version}`);
  installOnce(packages, django, found?.command);
  const description = `Django ${django} on CPython ${version}`;
  const script = join(__dirname, "run.py");
  if (found !== undefined) {
    return {
      release,
      command: found.command,
      args: ["-S", script],
      environment: { PYTHONPATH: packages },
      description,
    };
  }
  return {
    release,
    command: process.execPath,
    args: [join(__dirname, "pyodide.mjs"), packages],
    environment: {},
    description,
  };
}

/** The newest fitting CPython of this machine; without one, CPython in WebAssembly has to do. */
function interpreterFor([from, to]: readonly [number, number]) {
  const named = Array.from({ length: to - from + 1 }, (_, index) => `python3.${to - index}`);
  for (const command of [...named, "python3"]) {
    const asked = spawnSync(
      command,
      ["-c", "import sys; print(*sys.version_info[:2], sep='.'); print(sys.executable)"],
      { encoding: "utf8" },
    );
    const [version = "", path = command] = asked.status === 0 ? asked.stdout.trim().split("\n") : [];
    const minor = Number(version.split(".")[1]);
    if (version.startsWith("3.") && minor >= from && minor <= to) return { command: path, version };
  }
  return undefined;
}

function installOnce(packages: string, django: string, interpreter: string | undefined): void {
  const requirements = readFileSync(REQUIREMENTS, "utf8");
  const marker = join(packages, "installed.txt");
  if (existsSync(marker) && readFileSync(marker, "utf8") === requirements) return;
  rmSync(packages, { recursive: true, force: true });
  mkdirSync(packages, { recursive: true });
  const wanted = requirements.split("\n").filter((line) => /^\w/.test(line));
  if (interpreter === undefined) {
    const forWasm = ["--only-binary", ":all:", "--implementation", "cp", "--python-version", "3.14"];
    const platforms = ["--platform", "pyemscripten_2026_0_wasm32", "--platform", "any"];
    pip([...forWasm, ...platforms], packages, [
      ...wanted.filter((line) => !NOT_IN_WASM.test(line)),
      `django==${django}`,
    ]);
  } else {
    pip([], packages, [...wanted, `django==${django}`], interpreter);
  }
  writeFileSync(marker, requirements);
}

function pip(options: readonly string[], target: string, requirements: readonly string[], interpreter?: string): void {
  const of = interpreter === undefined ? [] : ["--python", interpreter];
  const quiet = ["--quiet", "--no-deps", "--ignore-requires-python", "--disable-pip-version-check"];
  const args = ["-m", "pip", ...of, "install", ...quiet, ...options, "--target", target, ...requirements];
  const done = spawnSync("python3", args, {
    encoding: "utf8",
    env: { ...process.env, PIP_ROOT_USER_ACTION: "ignore" },
  });
  if (done.status !== 0)
    throw new NotAvailable(`pip could not install for ${target}:\n${done.stderr ?? String(done.error)}`);
}
