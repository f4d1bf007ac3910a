import type { Log } from "sarif";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { run, shop, TemporaryProject } from "./command";
import { assertContract, assertSarif } from "./schemas";

const root = join(__dirname, "..", "..");

describe("the command", function () {
  this.timeout(30_000);

  it("prints its version and help", async () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    assert.deepEqual(await run(["--version"]), { code: 0, stdout: `${version}\n`, stderr: "" });
    const help = await run(["--help"]);
    assert.equal(help.code, 0);
    for (const command of ["check", "fix", "show", "graph", "explain", "rules", "serve"]) {
      assert.match(help.stdout, new RegExp(`^  ${command} `, "m"));
      assert.equal((await run([command, "--help"])).code, 0);
    }
    assert.match(help.stdout, /^Examples:$/m);
    assert.match(help.stdout, /^Exit codes: /m);
  });

  it("exits with 2 for what it does not understand", async () => {
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [[], /Usage:/],
      [["chek"], /unknown command 'chek'[^]*Did you mean check/],
      [["check", "--formt", "json"], /unknown option '--formt'[^]*Did you mean --format/],
      [["check", "--format", "xml"], /Allowed choices are text, concise, grouped, json, sarif, github, gitlab, junit/],
      [
        ["check", "--statistics", "--format", "github"],
        /--statistics prints a table of its own: leave out --format github/,
      ],
      [["check", "no-such-folder"], /error: there is no file or folder "no-such-folder"\./],
      [["check", "--config", "no-such-file"], /the configuration file "no-such-file" cannot be read/],
      [["explain"], /missing required argument 'rule'/],
      [["explain", "debug-enabeld"], /no rule "debug-enabeld"\. Did you mean "debug-enabled"\?/],
    ];
    for (const [args, message] of cases) {
      const { code, stdout, stderr } = await run(args);
      assert.equal(code, 2, args.join(" "));
      assert.match(stderr, message);
      assert.equal(stdout, "");
      assert.ok(!stderr.includes("    at "), "no stack trace");
    }
  });

  it("says what it looked for where there is no Django project", async () => {
    const project = new TemporaryProject({ "main.py": "print(1)\n", "settings.py": "import logging\nNAME = 1\n" });
    try {
      for (const command of ["check", "fix", "show", "graph"]) {
        const { code, stderr } = await project.run(command);
        assert.equal(code, 2, command);
        assert.match(stderr, /error: no Django settings found in "\."\. Looked for manage\.py/);
      }
    } finally {
      project.remove();
    }
  });

  it("says in the format asked for that it could not do its work", async () => {
    const project = new TemporaryProject({ "main.py": "print(1)\n" });
    const mistakes: readonly (readonly [args: readonly string[], message: RegExp])[] = [
      [[], /^no Django settings found in "\."/],
      [["--config", "none.toml"], /^the configuration file "none\.toml" cannot be read/],
      [["--no-such-option"], /^unknown option '--no-such-option'/],
    ];
    try {
      for (const name of ["check", "show", "graph"] as const)
        for (const [args, message] of mistakes) {
          const { code, stdout } = await project.run(name, ...args, "--format", "json");
          const document = JSON.parse(stdout) as { error: { kind: string; message: string } };
          assert.equal(code, 2);
          assertContract(name, document);
          assert.equal(document.error.kind, "usage");
          assert.match(document.error.message, message);
        }
      for (const [args, message] of [...mistakes, [["none"], /^there is no file or folder "none"/]] as const) {
        const { code, stdout } = await project.run("check", ...args, "--format=sarif");
        const log = JSON.parse(stdout) as Log;
        assert.equal(code, 2);
        assertSarif(log);
        const [invocation] = log.runs[0]?.invocations ?? [];
        assert.equal(invocation?.executionSuccessful, false);
        assert.match(invocation.toolExecutionNotifications?.[0]?.message.text ?? "", message);
      }
      const rules = await project.run("rules", "-f", "json", "--no-such-option");
      assert.match(rules.stdout, /unknown option/);
    } finally {
      project.remove();
    }
  });

  it("lists the rules, and explains each of them", async () => {
    const { rules } = JSON.parse((await run(["rules", "--format", "json"])).stdout) as {
      rules: { id: string; summary: string; severity: string }[];
    };
    const table = (await run(["rules"])).stdout;
    assert.ok(rules.length > 0);
    for (const { id, summary } of rules) {
      assert.match(table, new RegExp(`^  ${id} `, "m"));
      assert.match(summary, /\.$/);
    }
    const text = (await run(["explain", "debug-enabled"])).stdout;
    assert.match(text, /^debug-enabled\n\n/);
    assert.match(text, /^Why it matters$/m);
    assert.ok(!text.includes("```"));
    const markdown = (await run(["explain", "debug-enabled", "--format", "markdown"])).stdout;
    assert.match(markdown, /^# debug-enabled\n[^]*^## Why it matters$/m);
  });

  it("does not mind a reader that closes the pipe", async () => {
    const project = new TemporaryProject(shop());
    try {
      const script = `"${process.execPath}" "${join(root, "dist", "cli.js")}" check --format sarif | head -c 10; echo "\${PIPESTATUS[0]}"`;
      const { stdout, stderr } = await promisify(execFile)("bash", ["-c", script], { cwd: project.folder });
      assert.match(stdout, /^\{\n {2}"\$sche/);
      assert.equal(stderr, "");
    } finally {
      project.remove();
    }
  });

  it("says so when its working directory is gone", async () => {
    const folder = mkdtempSync(join(tmpdir(), "gone-"));
    const script = `cd "${folder}" && rmdir "${folder}" && "${process.execPath}" "${join(root, "dist", "cli.js")}" rules`;
    const { stdout } = await promisify(execFile)("bash", ["-c", script]);
    assert.match(stdout, /debug-enabled/);
    rmSync(folder, { recursive: true, force: true });
  });

  it("takes the configuration from --config", async () => {
    const project = new TemporaryProject(
      shop({ "ci/pyproject.toml": '[tool.django-settings-lint.rules]\ndebug-enabled = "off"\n' }),
    );
    try {
      const usual = await project.run("check", "--rule", "debug-enabled");
      assert.equal(usual.code, 1);
      for (const config of ["ci/pyproject.toml", "ci"]) {
        const { code } = await project.run("check", "--rule", "debug-enabled", "--config", config);
        assert.equal(code, 0);
      }
    } finally {
      project.remove();
    }
  });
});
