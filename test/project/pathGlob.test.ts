import assert from "node:assert/strict";
import { GitIgnore, MAX_WILDCARDS } from "../../server/src/project/gitIgnore";
import { PATH_GLOB, PathGlob, pathMatcher, PYTHON_GLOB } from "../../server/src/project/pathGlob";

describe("globs", () => {
  for (const [pattern, matching, other] of [
    ["a/*.py", ["a/b.py", "a/.py"], ["a/b/c.py", "b.py"]],
    ["**/a", ["a", "b/a", "b/c/a"], ["ab", "a/b"]],
    ["a/**/b", ["a/b", "a/c/b", "a/c/d/b"], ["a/bc", "c/a/b"]],
    ["a/**", ["a/b", "a/b/c", "a/.b"], ["a"]],
    ["a?c", ["abc", "a.c"], ["ac", "a/c"]],
    ["[a-c]x", ["ax", "cx"], ["dx", "-x"]],
    ["[!a]x", ["bx"], ["ax"]],
    ["[]a]x", ["]x", "ax"], ["bx"]],
    ["a[b", ["a[b"], ["ab"]],
    ["\\*", ["*"], ["a"]],
    ["a*b*c", ["abc", "axbxbxc"], ["ab", "acb"]],
    ["*.{py,{t,c}fg}", ["a.py", "a.tfg", "a.cfg"], ["a.txt", "a.{py"]],
    ["a{b}", ["a{b}"], ["ab"]],
  ] as const)
    it(`tell what ${pattern} matches`, () => {
      const matches = pathMatcher([pattern]);
      assert.deepEqual(
        matching.filter((path) => !matches(path)),
        [],
      );
      assert.deepEqual(other.filter(matches), []);
    });

  it("of Python do not match hidden names, unless they say so", () => {
    const matches = (pattern: string, path: string): boolean => new PathGlob(pattern, PYTHON_GLOB).matches(path);
    assert.ok(matches("*.py", "a.py") && !matches("*.py", ".a.py") && matches(".*.py", ".a.py"));
    assert.ok(matches("**/a.py", "b/c/a.py") && !matches("**/a.py", ".b/a.py") && !matches("[.]a", ".a"));
    assert.ok(matches("a\\*", "a\\b"));
  });

  it("take the time of their lengths, whatever they hold", () => {
    const stars = new PathGlob(`${"*a".repeat(5000)}b`, PATH_GLOB);
    assert.ok(!stars.matches("a".repeat(4000)));
    const spans = new PathGlob(`${"**/a/".repeat(500)}b`, PATH_GLOB);
    assert.ok(!spans.matches("a/".repeat(2000)));
    assert.ok(!pathMatcher([`{${"{a,b}".repeat(1000)},c}`])("c"));
  });
});

describe(".gitignore", () => {
  const ignored = (text: string, ...paths: readonly string[]): readonly string[] => {
    const gitIgnore = new GitIgnore("/w");
    gitIgnore.add("/w", text);
    return paths.filter((path) => gitIgnore.ignores(`/w/${path}`, "file"));
  };

  // Each as `git check-ignore --no-index` answers.
  for (const [text, yes, no] of [
    ["*.log\n!keep.log\n", ["a.log", "b/a.log"], ["keep.log", "b/keep.log"]],
    ["!keep.log\n*.log\n", ["keep.log"], []],
    ["keep.log\n!keep.log\n*.log\n!*.log\n", [], ["keep.log", "a.log"]],
    ["/a\n", ["a", "a/b"], ["b/a"]],
    ["a/b\n", ["a/b", "a/b/c"], ["c/a/b"]],
    ["a/\n", ["a/b", "c/a/b"], ["a", "c/a"]],
    ["a/\n!a\n", [], ["a", "a/b"]],
    ["a\n!a/b\n", ["a/b"], []],
    ["# a\n\\#b\n\\!c\n", ["#b", "!c"], ["# a"]],
    ["a  \nb\\ \n", ["a", "b "], ["b"]],
    ["a\r\n*.b\r\n", ["a", "c.b"], []],
    ["**/a/*.py\n", ["a/b.py", "c/a/b.py"], ["a/b/c.py"]],
    ["a/**\n", ["a/b", "a/b/c"], ["a", "b/a/c"]],
    ["/\n!\n\n", [], ["a"]],
  ] as const)
    it(`is read as git reads it: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(ignored(text, ...yes, ...no), yes);
    });

  it("may be long", () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `name${index}\n!other${index}/\n`).join("");
    assert.deepEqual(ignored(lines, "a/name99999", "a/name", "other7/a"), ["a/name99999"]);
  });

  it("says when it has more patterns with wildcards than count", () => {
    const gitIgnore = new GitIgnore("/w");
    assert.ok(gitIgnore.add("/w", "*a\n".repeat(MAX_WILDCARDS - 1)));
    assert.ok(!gitIgnore.add("/w/b", "*b\n*c\n"));
    assert.deepEqual(
      ["b/b", "b/c"].map((path) => gitIgnore.ignores(`/w/${path}`, "file")),
      [true, false],
    );
  });
});
