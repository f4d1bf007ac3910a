import assert from "node:assert/strict";
import { printableLines } from "../../server/src/base/printable";
import { run, shop, TemporaryProject, type Result } from "./command";

/** A command to GitHub's runner on a line of its own, a terminal's title, a colour by C1, and text that runs backwards. */
const NASTY = "x\n::error file=pwn.py,line=1::INJECTED\u001b]0;title\u0007\u009b31m\u202e\u2066\r::warning::y";

/** The shop in a folder with such a name, with such texts in its files and in what is said about them. */
function nastyShop(folder = NASTY): Record<string, string | Uint8Array> {
  const files = shop({
    "pyproject.toml":
      '[tool.django-settings-lint]\nno-such-key = 1\n\n[tool.django-settings-lint.roles]\n"a\\nb" = "x"\n',
    "shop/settings/odd\u001b[31m.py": "from .base import *\n",
    "shop/settings/broken.py": new Uint8Array([0x41, 0x20, 0x3d, 0x20, 0x22, 0xff, 0x22, 0x0a]),
    Procfile: "web: DJANGO_SETTINGS_MODULE=shop.settings.gone\u001b[31m gunicorn shop.wsgi\n",
    "deploy\n::error::INJECTED.sh": "export DJANGO_SETTINGS_MODULE=shop.settings.production\n",
  });
  const base = String(files["shop/settings/base.py"]);
  files["shop/settings/base.py"] = base
    .replace("DEBUG = True\n", "DEBUG = True  # \u001b[2J \u0007 \u009b31m \u202e \u2066\n")
    .replace('"shop.example"', `"shop.example\u001b[2J", "*.\u202e", "https://\u009bx", "a\\n::error::INJECTED"`)
    .replace("import os\n", '"""\n::error file=pwn.py::INJECTED\n"""\nimport os\n')
    .concat(
      `LANGUAGE_CODE = "\u202een\\n::error::INJECTED"\nif "\u001b\u202e" in "" or (\n    BASE_DIR\n):\n    X = 1\n`,
    );
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));
}

/** Fails when anything in what was printed acts: the colours that the command itself gives are taken away first. */
function assertHarmless({ stdout, stderr }: Result, what: string): void {
  for (const [stream, printed] of Object.entries({ stdout, stderr })) {
    // oxlint-disable-next-line no-control-regex -- what the command must not print
    const text = printed.replace(/\u001b\[(?:1|2|22|3[1-6]|39)m/g, "");
    // oxlint-disable-next-line no-control-regex -- what the command must not print
    const found = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/.exec(text);
    assert.equal(found?.[0], undefined, `${what}, ${stream}: ${JSON.stringify(text.slice((found?.index ?? 0) - 60))}`);
    for (const line of text.split("\n"))
      if (line.trimStart().startsWith("::"))
        assert.match(line, /^::(?:error|warning|notice) file=(?:x·|\.\/ ?)%3A%3Aerror/, what);
  }
}

describe("names and sources with control characters", function () {
  this.timeout(120_000);
  let project: TemporaryProject;

  before(() => (project = new TemporaryProject(nastyShop())));
  after(() => project.remove());

  const commands: readonly (readonly string[])[] = [
    ["check"],
    ["check", "-q"],
    ["check", "--verbose"],
    ["check", "--statistics"],
    ...["grouped", "json", "sarif", "github", "gitlab", "junit"].map((format) => ["check", "--format", format]),
    ["check", "--django-parity"],
    ["check", "--django-parity", "--format", "json"],
    ["fix", "--unsafe", "--diff"],
    ["fix", "--unsafe", "--diff", "--reveal-secrets"],
    ["graph"],
    ...["json", "mermaid"].map((format) => ["graph", "--format", format]),
  ];
  for (const command of commands) {
    it(`do nothing when ${command.join(" ")} prints them`, async () => {
      const plain = await project.run(...command, NASTY);
      assert.ok(plain.stdout.length > 20, plain.stderr);
      assertHarmless(plain, "without colours");
      assertHarmless(await run([...command, NASTY], { cwd: project.folder, env: { FORCE_COLOR: "1" } }), "coloured");
    });
  }

  for (const command of [
    ["show"],
    ["show", "production"],
    ["show", "--diff", "development", "production"],
    ["show", "--format", "json"],
  ]) {
    it(`do nothing when ${command.join(" ")} prints them`, async () => {
      for (const more of [[], ["--reveal-secrets"]]) {
        const args = [...command, ...more, "--project", NASTY];
        assertHarmless(await project.run(...args), "without colours");
        assertHarmless(await run(args, { cwd: project.folder, env: { FORCE_COLOR: "1" } }), "coloured");
      }
    });
  }

  it("do nothing when fixes are told", async () => {
    const own = new TemporaryProject(nastyShop());
    assertHarmless(await own.run("fix", "--unsafe", NASTY), "fix");
    own.remove();
  });

  it("do nothing when a folder is called like a command", async () => {
    for (const folder of ["::error file=pwn.py::INJECTED", " ::error file=pwn.py::INJECTED"]) {
      const own = new TemporaryProject(nastyShop(folder));
      for (const command of commands) assertHarmless(await own.run(...command, folder), command.join(" "));
      own.remove();
    }
  });

  it("stay what they are in JSON", async () => {
    const { findings } = (await project.json("check", NASTY)) as { findings: { file: string }[] };
    assert.ok(findings.some(({ file }) => file === `${NASTY}/shop/settings/base.py`));
  });

  it("are not in what JSON and SARIF say to people", async () => {
    const commands = [
      ["check", "--format", "json", NASTY],
      ["check", "--format", "sarif", NASTY],
      ["graph", "--format", "json", NASTY],
      ["show", "--format", "json", "--project", NASTY],
    ];
    const isForPeople = new Set(["message", "text", "title", "when", "evidence", "causes"]);
    for (const command of commands)
      JSON.parse((await project.run(...command)).stdout, (key, value: unknown) => {
        const texts = Array.isArray(value) ? value : [value];
        for (const text of isForPeople.has(key) ? texts : [])
          if (typeof text === "string")
            assert.equal(printableLines(text), text, `${command[0]}: ${JSON.stringify(text)}`);
        return value;
      });
  });

  const mistakes: readonly (readonly string[])[] = [
    ["check", `${NASTY}/none`],
    ["check", "--format", NASTY],
    ["check", `--format=${NASTY}`],
    ["check", "--rule", NASTY],
    ["check", "--config", NASTY],
    ["check", `--${NASTY}`],
    ["check", "--django-parity", "--variables", NASTY],
    ["fix", "--fix", `secret-key-hardcoded:${NASTY}`, NASTY],
    ["show", "--project", NASTY, NASTY],
    ["explain", NASTY],
    [NASTY],
  ];
  for (const mistake of mistakes) {
    it(`do nothing in the message about ${mistake.map((arg) => (arg.includes("\n") ? "…" : arg)).join(" ")}`, async () => {
      const result = await project.run(...mistake);
      assert.equal(result.code, 2);
      assertHarmless(result, "text");
      assertHarmless(await project.run(...mistake, "--format", "json"), "json");
    });
  }
});
