import assert from "node:assert/strict";
import { expression, parse, textOf } from "./show";

const field = (value: string, conversion = "-", spec = "-", text = "-"): string =>
  `(FormattedValue ${value} ${conversion} ${spec} ${text})`;

/** Sources are written with `String.raw`, so a backslash is a backslash of Python. */
const CASES: readonly (readonly [source: string, tree: string])[] = [
  [String.raw`'\a\b\f\n\r\t\v\\\'\"'`, String.raw`(Str "\u0007\b\f\n\r\t\u000b\\'\"")`],
  [String.raw`'\0\101\777\x41\u00e9\U0001F600'`, '(Str "\\u0000AǿAé😀")'],
  [String.raw`'\d\8'`, String.raw`(Str "\\d\\8")`],
  [String.raw`r'\n\'x'`, String.raw`(Str "\\n\\'x")`],
  [String.raw`b'\x00\377\777\u0041é'`.replace("é", ""), '(Bytes "\\u0000ÿÿ\\\\u0041")'],
  [String.raw`Rb'\x'`, String.raw`(Bytes "\\x")`],
  ["u'a'", '(Str "a")'],
  ["'a\\\nb'", '(Str "ab")'],
  ["'a\\\r\nb'", '(Str "ab")'],
  ["'''a\r\nb\rc'''", '(Str "a\\nb\\nc")'],
  ["'''it's'''", `(Str "it's")`],
  ["'a' \"b\" r'\\c'", String.raw`(Str "ab\\c")`],
  ["b'a' b'b'", '(Bytes "ab")'],
  ["('a'  # why\n 'b')", '(Str "ab")'],
  ["f'a'", '(JoinedStr [(Str "a")])'],
  ["f'{{a}}{b}'", `(JoinedStr [(Str "{a}") ${field('(Name "b")')}])`],
  ["f'{a!r:>{b}}'", `(JoinedStr [${field('(Name "a")', '"r"', `(JoinedStr [(Str ">") ${field('(Name "b")')}])`)}])`],
  ["f'{a:%Y-%m}'", `(JoinedStr [${field('(Name "a")', "-", '(Str "%Y-%m")')}])`],
  ["f'{a = }'", `(JoinedStr [${field('(Name "a")', '"r"', "-", '"a = "')}])`],
  ["f'{a=:d}'", `(JoinedStr [${field('(Name "a")', "-", '(Str "d")', '"a="')}])`],
  ["f'{a=!s}'", `(JoinedStr [${field('(Name "a")', '"s"', "-", '"a="')}])`],
  ["f'{a, b}'", `(JoinedStr [${field('(Tuple [(Name "a") (Name "b")] false)')}])`],
  [`f"{a["b"]}"`, `(JoinedStr [${field('(Subscript (Name "a") (Str "b"))')}])`],
  ["f'{a == b}'", `(JoinedStr [${field('(Compare (Name "a") ["=="] [(Name "b")])')}])`],
  [String.raw`f'\x41{a}\n'`, `(JoinedStr [(Str "A") ${field('(Name "a")')} (Str "\\n")])`],
  [String.raw`rf'\n{a}'`, String.raw`(JoinedStr [(Str "\\n") ` + `${field('(Name "a")')}])`],
  ["'a' f'b{c}' 'd' 'e'", `(JoinedStr [(Str "ab") ${field('(Name "c")')} (Str "de")])`],
  ["f'''\n{\na  # why\n}'''", `(JoinedStr [(Str "\\n") ${field('(Name "a")')}])`],
];

describe("strings", () => {
  for (const [source, tree] of CASES) {
    it(JSON.stringify(source), async () => {
      assert.equal(await expression(source), tree);
      assert.deepEqual((await parse(`X = ${source}\n`)).problems, []);
    });
  }

  it("knows no Unicode names: the value stays unknown, and nothing is wrong", async () => {
    const { problems } = await parse(String.raw`X = '\N{BULLET}'`);
    assert.deepEqual(problems, []);
    assert.equal(await expression(String.raw`'\N{BULLET}'`), "(BadExpr)");
    assert.equal(
      await expression(String.raw`f'\N{BULLET}{a}'`),
      `(JoinedStr [${field("(BadExpr)")} ${field('(Name "a")')}])`,
    );
  });

  it("takes a template string for what it is: no text, no mistake", async () => {
    assert.deepEqual((await parse("X = t'{a}'")).problems, []);
    assert.equal(await expression("t'{a}'"), "(BadExpr)");
  });

  it("reports literals that CPython refuses", async () => {
    const refused = [String.raw`'\x4'`, String.raw`'\u12'`, String.raw`'\U00110000'`, "b'é'", "'a' b'b'", "ur'a'"];
    for (const source of refused) {
      assert.notEqual((await parse(`X = ${source}\n`)).problems.length, 0, source);
      assert.doesNotMatch(await expression(source), /^\((?:Str|Bytes)/, source);
    }
  });

  it("keeps the place of each adjacent literal", async () => {
    const source = "X = ('a'\n     'b')\n";
    const [statement] = (await parse(source)).body;
    assert.ok(statement?.kind === "Assign" && statement.value.kind === "Str");
    assert.deepEqual(
      statement.value.pieces.map((piece) => textOf(source, { ...piece })),
      ["'a'", "'b'"],
    );
  });
});
