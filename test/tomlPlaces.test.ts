import assert from "node:assert/strict";
import { tomlPlaces } from "../server/src/documents/tomlPlaces";

const TEXT = `# "a" = 1
title = "x # [not.a.table]"
multi = """
[no.table]
""\\""""
[tool.lint]
"quoted.key" = 'v' # comment
dotted . inner = 1
inline = { a = [1, "two", { b = 3 }], "c d" = true }
list = [
  "one", # [x]
  "two",
]

[[tool.lint.over]]
x = 1
[[tool.lint.over]]
x = 2
[tool.lint.over.sub]
y = 2026-01-01
`;

describe("places in TOML", () => {
  const places = tomlPlaces(TEXT);
  const expected: readonly (readonly [path: readonly string[], key: string, value: string])[] = [
    [["title"], "title", '"x # [not.a.table]"'],
    [["tool", "lint", "quoted.key"], '"quoted.key"', "'v'"],
    [["tool", "lint", "dotted", "inner"], "dotted . inner", "1"],
    [["tool", "lint", "inline", "a", "1"], '"two"', '"two"'],
    [["tool", "lint", "inline", "a", "2", "b"], "b", "3"],
    [["tool", "lint", "inline", "c d"], '"c d"', "true"],
    [["tool", "lint", "list", "1"], '"two"', '"two"'],
    [["tool", "lint", "over", "1", "x"], "x", "2"],
    [["tool", "lint", "over", "1", "sub", "y"], "y", "2026-01-01"],
  ];
  for (const [path, key, value] of expected) {
    it(path.join(" > "), () => {
      const place = places(path);
      assert.ok(place);
      assert.equal(TEXT.slice(place.key.start, place.key.end), key);
      assert.equal(TEXT.slice(place.value.start, place.value.end), value);
    });
  }

  it("ends on text that is no TOML", () => {
    for (let end = 0; end < TEXT.length; end += 1) tomlPlaces(TEXT.slice(0, end));
    tomlPlaces('a = { b = [ { "');
    tomlPlaces("]]]] = {{{{ ,,,, \u0000");
  });
});
