import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseStringPromise } from "xml2js";
import { SECRETS, shop, TemporaryProject } from "./command";

interface JunitCase {
  readonly $: { readonly name: string; readonly classname: string; readonly file?: string; readonly line?: string };
  readonly failure?: readonly { readonly $: { readonly message: string; readonly type: string }; readonly _: string }[];
  readonly error?: readonly { readonly $: { readonly message: string } }[];
}
interface Junit {
  readonly testsuites: {
    readonly $: Readonly<Record<"tests" | "failures" | "errors", string>>;
    readonly testsuite: readonly {
      readonly $: Readonly<Record<string, string>>;
      readonly testcase: readonly JunitCase[];
    }[];
  };
}

describe("formats of check", function () {
  this.timeout(60_000);
  let project: TemporaryProject;
  before(() => {
    project = new TemporaryProject(shop());
  });
  after(() => project.remove());

  const junit = async (...args: readonly string[]): Promise<Junit["testsuites"]> => {
    const { stdout } = await project.run("check", "--format", "junit", ...args);
    return ((await parseStringPromise(stdout)) as Junit).testsuites;
  };

  it("has one line a finding in concise, and marks what can be fixed", async () => {
    const { stdout, code } = await project.run("check", "--format", "concise");
    assert.equal(code, 1);
    assert.match(stdout, /^shop\/settings\/base\.py:5:1: error: DEBUG is still True .*\. \[debug-enabled\]$/m);
    const marked = stdout.match(/ \[\*\]$/gm)?.length ?? 0;
    const fixable = /^(\d+) can be fixed with django-settings-lint fix \[\*\]\.$/m.exec(stdout)?.[1] ?? "0";
    assert.equal(String(marked), fixable);
    const quiet = (await project.run("check", "--format", "concise", "--quiet")).stdout;
    assert.ok(stdout.startsWith(quiet) && !/^\d+ errors?/m.test(quiet));
  });

  it("names each file once in grouped", async () => {
    const { stdout } = await project.run("check", "--format", "grouped");
    assert.equal(stdout.match(/^shop\/settings\/base\.py$/gm)?.length, 1);
    assert.match(stdout, /^ {2}5:1 +error {4}debug-enabled: DEBUG is still True /m);
  });

  it("writes what GitLab's Code Quality reads, with fingerprints that survive edits above", async () => {
    const read = async (): Promise<readonly { fingerprint: string; location: { lines: { begin: number } } }[]> =>
      JSON.parse((await project.run("check", "--format", "gitlab")).stdout) as [];
    const before = await read();
    assert.deepEqual(before[0], {
      description: (before[0] as unknown as { description: string }).description,
      check_name: "debug-enabled",
      fingerprint: before[0]?.fingerprint,
      severity: "critical",
      location: { path: "shop/settings/base.py", lines: { begin: 5, end: 5 } },
    });
    const prints = (list: typeof before): readonly string[] => list.map(({ fingerprint }) => fingerprint).toSorted();
    assert.equal(new Set(prints(before)).size, before.length);
    const text = project.read("shop/settings/base.py");
    project.write("shop/settings/base.py", `\n\n${text}`);
    const after = await read();
    project.write("shop/settings/base.py", text);
    assert.deepEqual(prints(after), prints(before));
    assert.equal(after[0]?.location.lines.begin, 7);
  });

  it("writes JUnit that an XML parser reads: a suite a file, a failed case a finding", async () => {
    const { $: sums, testsuite } = await junit();
    const suite = testsuite.find(({ $ }) => $["name"] === "shop/settings/base.py");
    const cases = testsuite.flatMap((each) => each.testcase);
    assert.deepEqual([sums.tests, sums.failures, sums.errors], [String(cases.length), String(cases.length), "0"]);
    const debug = suite?.testcase.find(({ $ }) => $.name === "debug-enabled: DEBUG");
    assert.deepEqual([debug?.$.file, debug?.$.line], ["shop/settings/base.py", "5"]);
    assert.equal(debug?.failure?.[0]?.$.type, "error");
    assert.match(debug?.failure?.[0]?._ ?? "", /^shop\/settings\/base\.py:5:1: error: DEBUG [^]*\nfix: /);
    for (const { testcase } of testsuite) {
      const names = testcase.map(({ $ }) => $.name);
      assert.equal(new Set(names).size, names.length, "names that GitLab tells apart");
    }
  });

  it("keeps JUnit whole whatever files are called, and for a project that has nothing or cannot be checked", async () => {
    const nasty = new TemporaryProject(shop({ "shop/settings/a<b>&\"c'.py": "from .base import *\nDEBUG = True\n" }));
    try {
      const { stdout } = await nasty.run("check", "--format", "junit");
      await parseStringPromise(stdout);
    } finally {
      nasty.remove();
    }
    const clean = await junit("--rule", "unknown-rule");
    assert.deepEqual([clean.$.tests, clean.$.failures], ["1", "0"]);
    const failed = await junit("--config", "none<.toml");
    assert.equal(failed.$.errors, "1");
    assert.match(failed.testsuite[0]?.testcase[0]?.error?.[0]?.$.message ?? "", /"none<\.toml" cannot be read/);
  });

  it("counts rules with --statistics, and what can be fixed", async () => {
    const { stdout, code } = await project.run("check", "--statistics");
    assert.equal(code, 1);
    assert.match(stdout, /^rule +severity {2}findings {2}fixable {2}with --unsafe\n/);
    assert.match(stdout, /^debug-enabled +error +1 +0 +1$/m);
    assert.match(stdout, /^\d+ errors?, .* in \d files? of 1 project\.$/m);
    assert.ok(!stdout.includes("DEBUG = True"));
  });

  it("exits with 0 for findings with --exit-zero, and still with 2 where it could not do its work", async () => {
    assert.equal((await project.run("check", "--exit-zero")).code, 0);
    assert.equal((await project.run("check", "--exit-zero", "--config", "none")).code, 2);
  });

  it("writes the report to a file, again and again, and prints the summary", async () => {
    const args = ["check", "--format", "sarif", "--output-file", "lint.json"];
    for (let run = 0; run < 2; run += 1) {
      const { stdout, stderr, code } = await project.run(...args);
      assert.equal(code, 1);
      assert.equal(stderr, "");
      assert.match(stdout, /^\d+ errors?, [^\n]* of 1 project\.\n/);
    }
    const written = project.read("lint.json");
    assert.equal(written, (await project.run("check", "--format", "sarif")).stdout);
    for (const secret of SECRETS) assert.ok(!written.includes(secret));
    assert.deepEqual(
      readdirSync(project.folder).filter((name) => name.includes("django-settings-lint")),
      [],
    );
    assert.equal((await project.run(...args, "--quiet")).stdout, "");
  });

  it("refuses to write a report over the project's files, or where it cannot", async () => {
    const before = project.read("requirements.txt");
    const cases: readonly (readonly [string, RegExp])[] = [
      [
        "shop/settings/base.py",
        /cannot write the report to "shop\/settings\/base\.py": this file is part of the project/,
      ],
      ["requirements.txt", /this file is part of the project\. Name another one\./],
      [".env", /this file is part of the project\. Name another one\./],
      ["none/lint.json", /its folder does not exist\. Make it first\./],
      ["shop", /it is not a regular file\. Remove it, or name another file\./],
    ];
    for (const [file, message] of cases) {
      const { code, stdout, stderr } = await project.run("check", "-o", file);
      assert.equal(code, 2, file);
      assert.match(stderr, message);
      assert.equal(stdout, "");
    }
    assert.equal(project.read("requirements.txt"), before);
    assert.ok(!existsSync(join(project.folder, "none")));
  });
});
