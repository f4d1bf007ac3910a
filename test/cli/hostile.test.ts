import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { shop, TemporaryProject } from "./command";

/** Repositories that once ended, blocked or misled the process. Each must be reported as a harmless one is. */
describe("the command line in a hostile repository", function () {
  this.timeout(60_000);

  async function check(files: Readonly<Record<string, string>>): Promise<{ code: number | null; notes: string }> {
    const project = new TemporaryProject({ ...shop(), ...files });
    try {
      const { code, stdout, stderr } = await project.run("check");
      assert.match(stdout, /debug-enabled/);
      return { code, notes: stderr };
    } finally {
      project.remove();
    }
  }

  it("survives two deeply nested YAML files beside each other", async () => {
    // A stack that overflowed in one of them left too little of it for compiling a regular expression in the other.
    const { code, notes } = await check({
      "docker-compose.yml": "[".repeat(3000),
      "app.yaml": `${"- ".repeat(3000)}x\n`,
    });
    assert.equal(code, 1);
    assert.match(notes, /^docker-compose\.yml: note: .* nests more than 100 levels deep/m);
    assert.match(notes, /^app\.yaml: note: .* nests more than 100 levels deep/m);
  });

  it("leaves the suppression comments of a file alone that was skipped", async () => {
    const { notes } = await check({
      "fly.toml": [
        "[env]",
        'DJANGO_SETTINGS_MODULE = "shop.settings.production"',
        `deep = ${"{a = ".repeat(300)}`,
        "# django-settings-lint: ignore[debug-enabled] -- x",
        "",
      ].join("\n"),
    });
    assert.match(notes, /^fly\.toml: note: .* nests more than 100 levels deep/m);
    assert.doesNotMatch(notes, /mistake in Django Settings Lint/);
  });

  it("matches globs of its configuration in time, and refuses those that nobody wrote", async () => {
    const config = (exclude: readonly string[]): string =>
      `[tool.django-settings-lint]\nexclude = ${JSON.stringify(exclude)}\n`;
    const name = `${"a".repeat(60)}.py`;
    const stars = await check({ "pyproject.toml": config(["*a*a*a*a*a*a*a*a*a*b"]), [name]: "" });
    assert.equal(stars.code, 1);
    const long = await check({ "pyproject.toml": config(["a".repeat(70_000)]) });
    assert.match(long.notes, /^pyproject\.toml:2:12: error: This glob is longer than 1,000 characters\./m);
    const many = await check({ "pyproject.toml": config(Array.from({ length: 20_000 }, (_, index) => `*a${index}*`)) });
    assert.match(many.notes, /^pyproject\.toml:2:11: error: "exclude" has more than 500 globs\./m);
  });

  it("reads a .gitignore of 100,000 lines", async () => {
    const { notes } = await check({
      ".gitignore": Array.from({ length: 100_000 }, (_, index) => `*a${index}*b\n`).join(""),
    });
    assert.match(notes, /^\.gitignore: note: This file was read in part/m);
  });

  if (process.platform === "linux")
    it("does not read a settings module that is a link to a file of the kernel", async () => {
      const project = new TemporaryProject(shop());
      try {
        // Reading this one as the superuser waits for the kernel's next message.
        symlinkSync("/proc/kmsg", join(project.folder, "shop/settings/staging.py"));
        const { stdout, stderr } = await project.run("check");
        assert.match(stdout, /debug-enabled/);
        assert.match(stderr, /^shop\/settings\/staging\.py: note: This file was skipped: it is not a regular file\./m);
      } finally {
        project.remove();
      }
    });
});
