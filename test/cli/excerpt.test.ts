import assert from "node:assert/strict";
import { LineIndex } from "../../server/src/base/text";
import { excerptOf } from "../../server/src/cli/excerpt";
import { printable } from "../../server/src/base/printable";
import { displayWidth, wrap } from "../../server/src/cli/layout";

describe("a source excerpt", () => {
  /** The excerpt for the part of a source between `«` and `»`. */
  const excerpt = (marked: string): readonly string[] => {
    const start = marked.indexOf("«");
    const end = marked.indexOf("»") - 1;
    const text = marked.replace("«", "").replace("»", "");
    const made = excerptOf(new LineIndex(text), { start, end }, () => []);
    return made === undefined ? [] : [made.source, made.mark];
  };

  it("puts carets under the range", () => {
    assert.deepEqual(excerpt("A = 1\n  «DEBUG» = True\n"), ["DEBUG = True", "^^^^^"]);
    assert.deepEqual(excerpt("X = «[\n  1,\n]»\n"), ["X = [", "    ^"]);
    assert.deepEqual(excerpt("«»DEBUG = True"), ["DEBUG = True", "^"]);
    assert.deepEqual(excerpt("A = 1\n«»\n"), []);
  });

  it("knows how wide tabs and characters are", () => {
    assert.deepEqual(excerpt("A =\t«B»"), ["A = B", "    ^"]);
    assert.deepEqual(excerpt("N = «'日本'», 1"), ["N = '日本', 1", "    ^^^^^^"]);
    assert.deepEqual(excerpt("N = '🎉', «B»"), ["N = '🎉', B", "          ^"]);
    assert.deepEqual(excerpt("N = 'e\u0301', «B»"), ["N = 'e\u0301', B", "         ^"]);
  });

  it("cuts very long lines around the range", () => {
    const [source, mark] = excerpt(`A = [${"1, ".repeat(500)}«B», ${"2, ".repeat(500)}]`);
    assert.ok(source?.startsWith("B, 2, ") && displayWidth(source) <= 160);
    assert.equal(mark, "^");
  });

  it("shows no control characters", () => {
    assert.deepEqual(excerpt("A = '\u001b[31m\u202e'; «B»"), ["A = '·[31m·'; B", "              ^"]);
    assert.equal(printable("a\u001b]0;title\u0007b\nc"), "a·]0;title·b·c");
  });

  it("masks the secrets in it, and keeps the carets under what they mark", () => {
    const text = 'A = "abc"; B = "def"\n';
    const secrets = [
      { start: 5, end: 8 },
      { start: 16, end: 19 },
    ];
    const made = excerptOf(new LineIndex(text), { start: 11, end: 20 }, () => secrets);
    assert.deepEqual(made, {
      line: 1,
      source: 'A = "********"; B = "********"',
      mark: `${" ".repeat(16)}${"^".repeat(14)}`,
    });
  });
});

describe("wrapping", () => {
  it("breaks at spaces and keeps long words whole", () => {
    assert.deepEqual(wrap("one two  three", 7), ["one two", "three"]);
    assert.deepEqual(wrap("a verylongword b", 5), ["a", "verylongword", "b"]);
    assert.deepEqual(wrap("日本 日本", 5), ["日本", "日本"]);
  });
});
