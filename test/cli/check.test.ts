import assert from "node:assert/strict";
import { join } from "node:path";
import { KEY, run, SECRETS, shop, TemporaryProject } from "./command";
import { assertContract, assertSarif } from "./schemas";

interface CheckDocument {
  readonly findings: readonly {
    readonly rule: string;
    readonly file: string;
    readonly severity: string;
    readonly module: string | null;
    readonly range: { readonly start: { readonly line: number; readonly column: number } };
    readonly chain: readonly { readonly file: string }[];
    readonly fixes: readonly { readonly edits: readonly { readonly text?: string; readonly redacted?: true }[] }[];
  }[];
  readonly problems: readonly unknown[];
}

describe("check", function () {
  this.timeout(30_000);
  let project: TemporaryProject;
  before(() => {
    project = new TemporaryProject(shop());
  });
  after(() => project.remove());

  const noSecrets = (text: string): void => {
    for (const secret of SECRETS) assert.ok(!text.includes(secret), `the secret ${secret.slice(0, 3)}… is shown`);
  };

  it("prints what a person needs: place, source with carets, reason, way through the project, fix", async () => {
    const { code, stdout } = await project.run("check", "--rule", "debug-enabled");
    assert.equal(code, 1);
    assert.match(stdout, /^shop\/settings\/base\.py$/m);
    assert.match(stdout, /^ {2}error {2}debug-enabled {2}shop\/settings\/base\.py:5:1$/m);
    assert.match(stdout, / 5 │ DEBUG = True\n {9}│ \^\^\^\^\^\n/);
    assert.match(stdout, /^ {4}why {5}\S/m);
    assert.match(stdout, /^ {4}how {5}shop\/settings\/base\.py:5 /m);
    assert.match(stdout, /^ {12}shop\/settings\/production\.py:1 /m);
    assert.match(stdout, /^ {12}shop\/wsgi\.py:3 /m);
    assert.match(stdout, /^ {4}fix {5}.*\((?:safe|unsafe)\)$/m);
    assert.match(stdout, /^1 error in 1 file of 1 project\.$/m);
    assert.ok(!stdout.includes("\u001b"), "no colours in a pipe");
  });

  it("masks secrets in every format", async () => {
    for (const format of ["text", "json", "sarif", "github"]) {
      const { stdout, stderr } = await project.run("check", "--format", format);
      noSecrets(stdout);
      noSecrets(stderr);
      assert.ok(stdout.includes("secret-key-hardcoded"));
    }
    const { stdout } = await project.run("check", "--rule", "secret-key-hardcoded");
    assert.match(stdout, /SECRET_KEY = "\*{8}" {2}# \*{8}/);
  });

  it("writes JSON as its schema promises", async () => {
    const document = (await project.json("check")) as CheckDocument;
    assertContract("check", document);
    const finding = document.findings.find(({ rule }) => rule === "debug-enabled");
    assert.ok(finding !== undefined);
    assert.equal(finding.file, "shop/settings/base.py");
    assert.deepEqual(finding.range.start, { line: 5, column: 1 });
    assert.equal(finding.module, "shop.settings.production");
    assert.deepEqual(
      finding.chain.map(({ file }) => file),
      ["shop/settings/base.py", "shop/settings/production.py", "shop/wsgi.py"],
    );
    const edits = document.findings.flatMap(({ fixes }) => fixes.flatMap((fix) => fix.edits));
    assert.ok(edits.some(({ text }) => text !== undefined));
  });

  it("writes SARIF that the standard's own schema accepts", async () => {
    const { stdout } = await project.run("check", "--format", "sarif");
    const log = JSON.parse(stdout) as {
      runs: [
        {
          tool: { driver: { rules: { id: string; help: { markdown: string } }[] } };
          columnKind: string;
          results: {
            ruleId: string;
            ruleIndex: number;
            relatedLocations?: unknown[];
            partialFingerprints: Record<string, string>;
            locations: [{ physicalLocation: { artifactLocation: { uri: string; uriBaseId: string } } }];
          }[];
        },
      ];
    };
    assertSarif(log);
    const [first] = log.runs;
    assert.equal(first.columnKind, "utf16CodeUnits");
    const { rules } = first.tool.driver;
    for (const result of first.results) assert.equal(rules[result.ruleIndex]?.id, result.ruleId);
    const debug = first.results.find(({ ruleId }) => ruleId === "debug-enabled");
    assert.ok(debug !== undefined);
    assert.equal(debug.relatedLocations?.length, 3);
    assert.deepEqual(debug.locations[0].physicalLocation.artifactLocation, {
      uri: "shop/settings/base.py",
      uriBaseId: "PROJECTROOT",
    });
    const prints = first.results.map((result) => Object.values(result.partialFingerprints).join());
    assert.equal(new Set(prints).size, prints.length);
    assert.match(rules.find(({ id }) => id === "debug-enabled")?.help.markdown ?? "", /^# debug-enabled/);
  });

  it("keeps SARIF fingerprints when lines move", async () => {
    const prints = async (): Promise<string[]> => {
      const { stdout } = await project.run("check", "--format", "sarif");
      const log = JSON.parse(stdout) as { runs: [{ results: { partialFingerprints: object }[] }] };
      return log.runs[0].results.map((result) => JSON.stringify(result.partialFingerprints)).toSorted();
    };
    const before = await prints();
    const text = project.read("shop/settings/base.py");
    project.write("shop/settings/base.py", `# one more line\n\n${text}`);
    assert.deepEqual(await prints(), before);
    project.write("shop/settings/base.py", text);
  });

  it("writes workflow commands with what GitHub reads as its own escaped", async () => {
    const { stdout } = await project.run("check", "--format", "github", "--rule", "debug-enabled");
    assert.match(
      stdout,
      /^::error file=shop\/settings\/base\.py,line=5,endLine=5,col=1,endColumn=6,title=debug-enabled::DEBUG /,
    );
    assert.equal(stdout.split("\n").length, 2);
  });

  it("prints a line a finding with --quiet, and nothing else", async () => {
    const { stdout, stderr } = await project.run("check", "-q", "--rule", "debug-enabled");
    assert.match(stdout, /^shop\/settings\/base\.py:5:1: error: DEBUG .* \[debug-enabled\]\n$/);
    assert.equal(stderr, "");
  });

  it("decides by --fail-on what fails, and by --min-severity and --rule what is said", async () => {
    assert.equal((await project.run("check", "--fail-on", "never")).code, 0);
    assert.equal((await project.run("check", "--fail-on", "error")).code, 1);
    const { findings } = (await project.json("check", "--min-severity", "error")) as CheckDocument;
    assert.ok(findings.length > 0 && findings.every(({ severity }) => severity === "error"));
    const { code, stderr } = await project.run("check", "--rule", "debug-enabeld");
    assert.equal(code, 2);
    assert.match(stderr, /there is no rule "debug-enabeld"\. Did you mean "debug-enabled"\?/);
  });

  it("exits with 0 for a project without findings", async () => {
    const { code, stdout } = await project.run("check", "--rule", "unknown-rule");
    assert.equal(code, 0);
    assert.match(stdout, /^No findings in 3 settings files of 1 project\./);
  });

  it("looks at a folder or file inside of a project as part of it", async () => {
    const inside = (await project.json("check", "shop/settings/base.py")) as CheckDocument;
    assert.ok(inside.findings.length > 0);
    assert.deepEqual([...new Set(inside.findings.map(({ file }) => file))], ["shop/settings/base.py"]);
    const everything = (await project.json("check")) as CheckDocument;
    assert.ok(everything.findings.length >= inside.findings.length);
    const below = JSON.parse(
      (await run(["check", "--format", "json", "settings"], { cwd: join(project.folder, "shop") })).stdout,
    ) as CheckDocument;
    assert.ok(below.findings.some(({ rule, file }) => rule === "debug-enabled" && file === "settings/base.py"));
  });

  it("looks at settings that git ignores and manage.py names, and says so", async () => {
    const ignoring = new TemporaryProject({
      ".gitignore": "settings.py\nlocal_settings.py\n",
      "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "mill.settings")\n',
      "requirements.txt": "django==5.2\n",
      "mill/__init__.py": "",
      "mill/settings.py": 'DEBUG = True\nINSTALLED_APPS = ["django.contrib.auth"]\nROOT_URLCONF = "mill.urls"\n',
      "mill/local_settings.py": "ALLOWED_HOSTS = ['*']\n",
    });
    try {
      const { stdout, stderr } = await ignoring.run("check");
      assert.match(stdout, / debug-enabled {2}mill\/settings\.py:1:1$/m);
      assert.ok(!stdout.includes("local_settings"));
      assert.match(
        stderr,
        /mill\/settings\.py: note: Git ignores this file\. It is analysed because manage\.py names it\./,
      );
    } finally {
      ignoring.remove();
    }
  });

  it("reads several projects in one run", async () => {
    const other = new TemporaryProject(shop());
    try {
      const { stdout } = await run(["check", project.folder, other.folder]);
      assert.match(stdout, / of 2 projects\.$/m);
    } finally {
      other.remove();
    }
  });

  it("colours where it is asked to and NO_COLOR does not forbid it", async () => {
    const coloured = await run(["check", project.folder], { env: { FORCE_COLOR: "1" } });
    assert.ok(coloured.stdout.includes("\u001b[31m"));
    const forbidden = await run(["check", project.folder], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } });
    assert.ok(!forbidden.stdout.includes("\u001b"));
    const switchedOff = await run(["check", project.folder, "--no-color"], { env: { FORCE_COLOR: "1" } });
    assert.ok(!switchedOff.stdout.includes("\u001b"));
  });

  it("gives the same findings with both builds of the parser", async () => {
    const wasm = await project.run("check", "--parser", "wasm");
    const chosen = await project.run("check");
    assert.equal(chosen.stdout, wasm.stdout);
    assert.ok(!wasm.stdout.includes(KEY));
  });
});
