import assert from "node:assert/strict";
import { applyFileEdits } from "../../server/src/lint/applyEdits";
import { suppressionEdit } from "../../server/src/lint/suppressionEdits";
import { FileSuppressions, suppressionAt } from "../../server/src/lint/suppressions";
import type { Parser } from "../../server/src/syntax/parser";
import { testParser } from "../harness/parser";

describe("suppressions", () => {
  let parser: Parser;
  before(async () => {
    parser = await testParser();
  });

  const FILE = "/shop/settings.py";

  function suppressionsOf(text: string): FileSuppressions {
    return new FileSuppressions(text, parser.parse(text));
  }

  /** Whether a finding of `debug-enabled` at each `HERE` is suppressed. */
  function suppressed(text: string): readonly boolean[] {
    const found = suppressionsOf(text);
    return [...text.matchAll(/HERE/g)].map((match) => found.at("debug-enabled", match.index).length > 0);
  }

  const ignore = "# django-settings-lint: ignore[debug-enabled]";

  it("reads ids, reason and place", () => {
    const text = `A = 1  # ruff: noqa # django-settings-lint: ignore[one-rule, two-rule] -- because\n`;
    const [directive] = suppressionsOf(text).directives;
    assert.ok(directive);
    assert.deepEqual(
      directive.ids.map(({ id, range }) => [id, text.slice(range.start, range.end)]),
      [
        ["one-rule", "one-rule"],
        ["two-rule", "two-rule"],
      ],
    );
    assert.equal(directive.reason, "because");
    assert.equal(text.slice(directive.range.start, directive.range.end), text.slice(20, -1));
  });

  it("covers its statement at the end of its first or last line", () => {
    assert.deepEqual(suppressed(`HERE = 1  ${ignore}\nHERE = 2\n`), [true, false]);
    assert.deepEqual(suppressed(`HERE = [  ${ignore}\n  "HERE",\n]\nHERE = 1\n`), [true, true, false]);
    assert.deepEqual(suppressed(`HERE = [\n  "HERE",\n]  ${ignore}\nHERE = 1\n`), [true, true, false]);
  });

  it("covers only its line inside of a statement", () => {
    assert.deepEqual(suppressed(`HERE = {\n  "a": HERE,  ${ignore}\n  "b": HERE,\n}\n`), [false, true, false]);
    assert.deepEqual(suppressed(`HERE = {\n  ${ignore}\n  "a": HERE,\n  "b": HERE,\n}\n`), [false, true, false]);
  });

  it("covers the whole statement below it, in blocks too", () => {
    assert.deepEqual(suppressed(`${ignore}\n# more\nHERE = [\n  "HERE",\n]\nHERE = 1\n`), [true, true, false]);
    assert.deepEqual(suppressed(`if X:\n    ${ignore}\n    HERE = 1\n    HERE = 2\n`), [true, false]);
    assert.deepEqual(suppressed(`${ignore}\nif HERE:\n    HERE = 2\n`), [true, false]);
    assert.deepEqual(suppressed(`${ignore}\n\nHERE = 1\n`), [false]);
  });

  it("covers statements that share a line", () => {
    assert.deepEqual(suppressed(`A = 1; HERE = 2  ${ignore}\n`), [true]);
    assert.deepEqual(suppressed(`if X: HERE = 2  ${ignore}\n`), [true]);
  });

  it("does not take text for a comment", () => {
    assert.deepEqual(suppressed(`HERE = "${ignore}"\n`), [false]);
    assert.deepEqual(suppressed(`X = """\n${ignore}\n"""\nHERE = 1\n`), [false]);
  });

  it("covers the file from its first lines", () => {
    const file = ignore.replace("ignore", "file-ignore");
    assert.deepEqual(suppressed(`#!/usr/bin/env python\n"""Doc."""\n${file}\nHERE = 1\nHERE = 2\n`), [true, true]);
    assert.deepEqual(suppressed(`A = 1\n${file}\nHERE = 1\n`), [false]);
    assert.equal(suppressionsOf(`A = 1\n${file}\n`).directives[0]?.problem, "not-at-top");
  });

  it("works in files that are not Python", () => {
    const text = `ENV A=1\n${ignore}\nENV HERE=1\nENV HERE=2 ${ignore}\n`;
    const found = new FileSuppressions(text, undefined);
    assert.deepEqual(
      [...text.matchAll(/HERE/g)].map(({ index }) => found.at("debug-enabled", index).length),
      [1, 1],
    );
  });

  it("honours what other tools understand", () => {
    const foreign = (text: string, category: "security" | "performance"): boolean =>
      suppressionsOf(text).isForeign(category, 0);
    assert.ok(foreign("A = 1  # noqa\n", "performance"));
    assert.ok(!foreign("A = 1  # noqa\n", "security"));
    assert.ok(!foreign("A = 1  # noqa F405\n", "performance"));
    assert.ok(foreign("A = 1  # noqa S105\n", "security"));
    assert.ok(foreign("A = 1  # noqa - long\n", "performance"));
    assert.ok(foreign("A = 1  # noqa: E501, S105\n", "security"));
    assert.ok(!foreign("A = 1  # noqa: E501, S105\n", "performance"));
    assert.ok(!foreign("A = 1  # noqa: E501\n", "security"));
    assert.ok(foreign("A = 1  # nosec B105\n", "security"));
    assert.ok(!foreign("A = 1  # nosec\n", "performance"));
    assert.ok(!foreign("from .base import *  # noqa\n", "security"));
  });

  it("finds the rule id at an offset", () => {
    const text = `A = 1\nB = 2  # django-settings-lint: ignore[one-rule, two-rule]\n`;
    assert.equal(suppressionAt(text, text.indexOf("wo-rule"))?.id, "two-rule");
    assert.equal(suppressionAt(text, text.indexOf("# django")), undefined);
  });

  describe("written for a finding", () => {
    /** The text after suppressing `new-rule` at `HERE`; the result is checked to suppress it there. */
    function suppress(text: string, file = FILE): string | undefined {
      const at = text.indexOf("HERE");
      const module = file.endsWith(".py") ? parser.parse(text) : undefined;
      const edit = suppressionEdit({ text, module }, { file, range: { start: at, end: at + 4 } }, "new-rule");
      if (edit === undefined) return undefined;
      const after = applyFileEdits([edit], () => text)?.get(file) ?? "";
      const check = new FileSuppressions(after, module === undefined ? undefined : parser.parse(after));
      assert.equal(check.at("new-rule", after.indexOf("HERE")).length, 1, after);
      return after;
    }

    const comment = "# django-settings-lint: ignore[new-rule] -- reason";
    const cases: readonly (readonly [name: string, before: string, after: string])[] = [
      ["at the end of a line", "HERE = 1\nB = 2\n", `HERE = 1  ${comment}\nB = 2\n`],
      ["at the end of a file without line break", "HERE = 1", `HERE = 1  ${comment}`],
      ["above a long line", `HERE = "${"x".repeat(80)}"\n`, `${comment}\nHERE = "${"x".repeat(80)}"\n`],
      ["above a line with a comment", "HERE = 1  # why\n", `${comment}\nHERE = 1  # why\n`],
      ["above a statement of several lines", `A = {\n    "b": HERE,\n}\n`, `${comment}\nA = {\n    "b": HERE,\n}\n`],
      ["above a text of several lines", `A = """\nHERE\n"""\n`, `${comment}\nA = """\nHERE\n"""\n`],
      ["above a continued line", "A = 1 + \\\n    HERE\n", `${comment}\nA = 1 + \\\n    HERE\n`],
      [
        "with the indentation of a block",
        `if X:\n    A = [\n        HERE,\n    ]\n`,
        `if X:\n    ${comment}\n    A = [\n        HERE,\n    ]\n`,
      ],
      ["with the file's line breaks", "A = [\r\n    HERE,\r\n]\r\n", `${comment}\r\nA = [\r\n    HERE,\r\n]\r\n`],
      [
        "into a comment that is there",
        "HERE = 1  # django-settings-lint: ignore[old-rule] -- because\n",
        "HERE = 1  # django-settings-lint: ignore[old-rule, new-rule] -- because\n",
      ],
      [
        "into a comment above",
        "# django-settings-lint: ignore[old-rule]\nA = [\n    HERE,\n]\n",
        "# django-settings-lint: ignore[old-rule, new-rule]\nA = [\n    HERE,\n]\n",
      ],
      ["at a condition", "if HERE:\n    A = 1\n", `if HERE:  ${comment}\n    A = 1\n`],
      ["above statements on one line", "A = 1; HERE = 2  # both\n", `${comment}\nA = 1; HERE = 2  # both\n`],
    ];
    for (const [name, before, after] of cases) it(name, () => assert.equal(suppress(before), after));

    it("in other files above the line, where they have comments", () => {
      assert.equal(suppress("  image: HERE\n", "/shop/compose.yaml"), `  ${comment}\n  image: HERE\n`);
      assert.equal(suppress("FROM x\nENV HERE=1\n", "/shop/Dockerfile"), `FROM x\n${comment}\nENV HERE=1\n`);
      assert.equal(suppress(`{"env": "HERE"}`, "/shop/app.json"), undefined);
    });
  });
});
