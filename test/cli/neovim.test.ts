import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { findNeovim } from "../../scripts/editorTools.mjs";
import { shop, TemporaryProject } from "./command";

const root = join(__dirname, "..", "..");

/** What docs/editors.md tells people to write. */
function documentedConfiguration(): string {
  const page = readFileSync(join(root, "docs", "editors.md"), "utf8");
  return /^## Neovim\n[^]*?^```lua\n([^]*?)^```$/m.exec(page)?.[1] ?? "";
}

interface Seen {
  readonly findings: readonly { readonly rule: string; readonly line: number; readonly severity: string }[];
  readonly hover: string;
  readonly text: string;
}

const neovim = findNeovim();

describe(`Neovim${neovim === undefined ? " (no version from 0.11 on was found)" : ""}`, function () {
  this.timeout(90_000);

  // Where there is none, the gate names this as not run.
  const walk = neovim === undefined ? it.skip : it;
  walk("shows findings and a hover, and applies a fix, as docs/editors.md configures it", () => {
    const project = new TemporaryProject(
      shop({
        "pyproject.toml": '[tool.django-settings-lint]\npreset = "none"\nrules = { debug-enabled = "error" }\n',
        "shop/settings/production.py": "from .base import *\n\nDEBUG = True\n",
        "home/init.lua": documentedConfiguration(),
        "home/bin/django-settings-lint": `#!/bin/sh\nexec "${process.execPath}" "${join(root, "dist", "cli.js")}" "$@"\n`,
      }),
    );
    const home = join(project.folder, "home");
    chmodSync(join(home, "bin", "django-settings-lint"), 0o755);
    mkdirSync(join(project.folder, ".git"));
    try {
      const file = "shop/settings/production.py";
      const script = join(__dirname, "neovim.lua");
      const result = spawnSync(
        neovim ?? "",
        ["--headless", "-u", join(home, "init.lua"), file, "-c", `luafile ${script}`],
        {
          cwd: project.folder,
          encoding: "utf8",
          timeout: 80_000,
          env: {
            ...process.env,
            PATH: join(home, "bin") + delimiter + (process.env["PATH"] ?? ""),
            HOME: home,
            XDG_CONFIG_HOME: home,
            XDG_STATE_HOME: home,
            XDG_DATA_HOME: home,
          },
        },
      );
      assert.equal(result.status, 0, result.stdout + result.stderr);
      const seen = JSON.parse(result.stdout) as Seen;
      assert.deepEqual(seen.findings, [{ rule: "debug-enabled", line: 3, severity: "ERROR" }]);
      assert.match(seen.hover, /production .*True.*shop\/settings\/production\.py:3/);
      assert.equal(seen.text, "from .base import *\n\nDEBUG = False");
    } finally {
      project.remove();
    }
  });
});
