import assert from "node:assert/strict";
import { join } from "node:path";
import { KEY, run, SECRETS, shop, TemporaryProject } from "./command";
import { MemoryCli } from "../harness/memoryCli";
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

const STAGING = "FROM python\nENV DJANGO_SETTINGS_MODULE=shop.settings.staging\nCMD gunicorn shop.wsgi\n";

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

  it("prints a finding in five lines: rule and place, message, source with carets, fix", async () => {
    const { code, stdout } = await project.run("check", "--rule", "debug-enabled");
    assert.equal(code, 1);
    const [finding = "", summary = ""] = stdout.split("\n\n");
    const lines = finding.split("\n");
    assert.equal(lines.length, 5);
    assert.equal(lines[0], "error  debug-enabled  shop/settings/base.py:5:1");
    assert.match(lines[1] ?? "", /^ {2}DEBUG is still True in shop\.settings\.production, /);
    assert.equal(lines[3], "     5 │ DEBUG = True");
    assert.match(lines[4] ?? "", /^ {7}│ \^\^\^\^\^ fix: .*\((?:safe|unsafe)(?:, \d more)?\)$/);
    assert.match(summary, /^1 error in 1 file of 1 project\.$/m);
    assert.ok(!stdout.includes("\u001b"), "no colours in a pipe");
  });

  it("says all that is known with --verbose, and why a rule matters once", async () => {
    const { stdout } = await project.run(
      "check",
      "--verbose",
      "--rule",
      "secret-key-hardcoded",
      "--rule",
      "debug-enabled",
    );
    assert.match(stdout, /^ {2}how {3}shop\/settings\/base\.py:5 /m);
    assert.match(stdout, /^ {8}shop\/settings\/production\.py:1 /m);
    assert.match(stdout, /^ {8}shop\/wsgi\.py:3 /m);
    assert.match(stdout, /^ {2}fix {3}.*\((?:safe|unsafe)\)\n {2}or {4}/m);
    assert.equal(stdout.match(/^ {2}why {3}\S/gm)?.length, 2);
    const two = new TemporaryProject(
      shop({ "shop/settings/staging.py": "from .base import *\n\nDEBUG = True\n", Dockerfile: STAGING }),
    );
    try {
      const twice = (await two.run("check", "--verbose", "--rule", "debug-enabled")).stdout;
      assert.match(twice, /^2 errors /m);
      assert.equal(twice.match(/^ {2}why {3}\S/gm)?.length, 1);
    } finally {
      two.remove();
    }
  });

  it("prints the most severe last, in each file and among the files", async () => {
    const { stdout } = await project.run("check", "-q");
    const ranks = ["hint", "info", "warning", "error"];
    const found = stdout
      .trim()
      .split("\n")
      .map((line) => /^([^:]+):\d+:\d+: (\w+): /.exec(line) ?? []);
    const files = [...new Set(found.map(([, file]) => file))];
    const own = files.map((file) =>
      found.filter((each) => each[1] === file).map((each) => ranks.indexOf(each[2] ?? "")),
    );
    assert.ok(files.length > 1);
    for (const severities of own) assert.deepEqual(severities, severities.toSorted());
    const worst = own.map((severities) => Math.max(...severities));
    assert.deepEqual(worst, worst.toSorted());
    assert.equal(worst.at(-1), 3);
  });

  it("masks secrets in every format", async () => {
    for (const format of ["text", "json", "sarif", "github", "gitlab", "junit"]) {
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
      assert.match(stdout, /^\w+ {2}debug-enabled {2}mill\/settings\.py:1:1$/m);
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
    const isColoured = async (env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<boolean> =>
      (await run(["check", project.folder, ...args], { env })).stdout.includes("\u001b[31m");
    assert.deepEqual(
      [
        await isColoured({ FORCE_COLOR: "1" }),
        await isColoured({ FORCE_COLOR: "1" }, "--format", "concise"),
        await isColoured({ FORCE_COLOR: "0" }),
        await isColoured({ FORCE_COLOR: "1", NO_COLOR: "1" }),
        await isColoured({ FORCE_COLOR: "1" }, "--no-color"),
      ],
      [true, true, false, false, false],
    );
  });

  it("shows on a terminal what it has been doing for more than a second", async () => {
    const texts = Object.fromEntries(Object.entries(shop()).map(([name, content]) => [name, String(content)]));
    const { status } = await new MemoryCli(texts).run("check");
    assert.match(status[0] ?? "", /^Analysing \/home\/ann\/shop \(1 s\)$/);
    assert.equal(status.at(-1), "");
    assert.deepEqual((await new MemoryCli(texts).run("check", "--quiet")).status, []);
    const fixing = (await new MemoryCli(texts).run("fix", "--unsafe")).status;
    assert.ok(fixing.some((line) => /^Fixing \/home\/ann\/shop \(\d s\)$/.test(line)) && fixing.at(-1) === "");
  });

  it("gives the same findings with both builds of the parser", async () => {
    const wasm = await project.run("check", "--parser", "wasm");
    const chosen = await project.run("check");
    assert.equal(chosen.stdout, wasm.stdout);
    assert.ok(!wasm.stdout.includes(KEY));
  });
});
