import assert from "node:assert/strict";
import { excessOf, type DocumentFormat } from "../server/src/documents/excess";
import {
  DocumentExcess,
  parseJsonDocument,
  parseTomlDocument,
  parseYamlDocuments,
} from "../server/src/documents/parse";
import { parseJson } from "../server/src/python/libraries/stdlib/json";
import { parseYaml } from "../server/src/python/libraries/packages/yaml/yaml";

const NESTED = "it nests more than 100 levels deep";

describe("documents", () => {
  for (const [format, title, text, expected] of [
    ["yaml", "brackets", "[".repeat(3000), NESTED],
    ["yaml", "braces", "{a: ".repeat(3000), NESTED],
    ["yaml", "list items on one line", `${"- ".repeat(3000)}x\n`, NESTED],
    ["yaml", "keys on one line", "? ".repeat(3000), NESTED],
    ["yaml", "indented maps", Array.from({ length: 1200 }, (_, level) => `${" ".repeat(level)}a:\n`).join(""), NESTED],
    ["yaml", "brackets behind closed ones in quotes", '[ "]", '.repeat(3000), NESTED],
    ["yaml", "aliases", `a: &a x\nb:\n${"  - *a\n".repeat(1001)}`, "it has more than 1000 aliases"],
    ["yaml", "length", `a: ${"x".repeat(1_000_000)}`, "it is longer than 1,000,000 characters"],
    ["yaml", "brackets in a block scalar", `a: |\n  ${"[".repeat(3000)}\n`, undefined],
    ["yaml", "brackets in quotes and comments", `a: "${"[".repeat(300)}" # ${"[".repeat(300)}\n`, undefined],
    ["yaml", "many siblings", "a:\n  - b: {c: [d]}\n".repeat(1000), undefined],
    ["python", "length", "x = 1\n".repeat(100_000), "it is longer than 500,000 characters"],
    ["python", "nesting, which its parser bounds", "(".repeat(3000), undefined],
    ["json", "brackets", '{"a":['.repeat(3000), NESTED],
    ["json", "brackets behind closed ones in strings", '["]",'.repeat(3000), NESTED],
    ["json", "brackets in strings", `["\\"${"[".repeat(3000)}"]`, undefined],
    ["json", "many siblings", `[${'{"a": [1.5, {}]},'.repeat(1000)}{}]`, undefined],
    ["toml", "brackets", `a = ${"[".repeat(3000)}`, NESTED],
    ["toml", "inline tables", `a = ${"{a=".repeat(3000)}`, NESTED],
    ["toml", "a dotted key", `${"a.".repeat(3000)}a = 1`, NESTED],
    ["toml", "a dotted header", `[${"a.".repeat(3000)}a]`, NESTED],
    [
      "toml",
      "brackets in all kinds of strings",
      `a = '${"[".repeat(300)}'\nb = """\n"${"[".repeat(300)}\\""""\n`,
      undefined,
    ],
    ["toml", "brackets in comments", `# ${"[".repeat(300)}\n[tool.x]\na = [1.5, 2.5]\n`.repeat(200), undefined],
  ] as readonly [DocumentFormat, string, string, string | undefined][])
    it(`${expected === undefined ? "takes" : "refuses"} ${format} by ${title}`, () => {
      assert.equal(excessOf(format, text), expected);
    });

  it("parses nothing that it refuses", () => {
    assert.throws(() => parseYamlDocuments("[".repeat(3000), {}), DocumentExcess);
    assert.throws(() => parseTomlDocument(`a = ${"[".repeat(3000)}`, { integersAsBigInt: false }), DocumentExcess);
    assert.throws(() => parseJsonDocument("[".repeat(3000)), DocumentExcess);
  });

  it("does not follow aliases of aliases to billions of values", () => {
    const line = (level: number): string => `a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}]\n`;
    const text = `a0: &a0 [x]\n${Array.from({ length: 12 }, (_, index) => line(index + 1)).join("")}`;
    assert.equal(parseYaml(text).kind, "unknown");
  });

  it("converts no numbers that CPython does not convert", () => {
    const digits = "9".repeat(500_000);
    assert.throws(() => parseJson(`[${digits}]`), RangeError);
    assert.throws(() => parseYaml(`a: ${digits}\n`), RangeError);
  });
});
