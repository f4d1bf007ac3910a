import assert from "node:assert/strict";
import { parse, expression, show, textOf } from "./show";

const CASES: readonly (readonly [source: string, tree: string])[] = [
  ["a", '(Name "a")'],
  ["1_000", "(Int 1000)"],
  ["0x_FF", "(Int 255)"],
  ["0o17", "(Int 15)"],
  ["0b1_1", "(Int 3)"],
  ["00", "(Int 0)"],
  ["123456789012345678901234567890", "(Int 123456789012345678901234567890)"],
  ["1.5e3", "(Float 1500)"],
  [".5", "(Float 0.5)"],
  ["1_0.", "(Float 10)"],
  ["2J", '(Imaginary "2J")'],
  ["True", "(Constant true)"],
  ["None", "(Constant null)"],
  ["...", '(Constant "...")'],
  ["[a, *b]", '(List [(Name "a") (Starred (Name "b"))])'],
  ["[*a.b(c)]", '(List [(Starred (Call (Attribute (Name "a") "b") [(Name "c")] []))])'],
  ["{**a, 1: 2}", '(Dict [(- (Name "a")) ((Int 1) (Int 2))])'],
  ["{1, 2}", "(Set [(Int 1) (Int 2)])"],
  ["()", "(Tuple [] true)"],
  ["(1)", "(Int 1)"],
  ["(1,)", "(Tuple [(Int 1)] true)"],
  ["1,", "(Tuple [(Int 1)] false)"],
  ["1, *a", '(Tuple [(Int 1) (Starred (Name "a"))] false)'],
  ["a.b.c", '(Attribute (Attribute (Name "a") "b") "c")'],
  ["a(1, *b, c=2, **d)", '(Call (Name "a") [(Int 1) (Starred (Name "b"))] [("c" (Int 2)) (- (Name "d"))])'],
  ["a(b for b in c)", '(Call (Name "a") [(GeneratorExp (Name "b") [((Name "b") (Name "c") [] false)])] [])'],
  ["a[1]", '(Subscript (Name "a") (Int 1))'],
  ["a[1,]", '(Subscript (Name "a") (Tuple [(Int 1)] false))'],
  ["a[*b]", '(Subscript (Name "a") (Tuple [(Starred (Name "b"))] false))'],
  ["a[1:2, ::3]", '(Subscript (Name "a") (Tuple [(Slice (Int 1) (Int 2) -) (Slice - - (Int 3))] false))'],
  ["a[:-1]", '(Subscript (Name "a") (Slice - (UnaryOp "-" (Int 1)) -))'],
  ["-a ** -b", '(UnaryOp "-" (BinOp (Name "a") "**" (UnaryOp "-" (Name "b"))))'],
  ["a // b % c", '(BinOp (BinOp (Name "a") "//" (Name "b")) "%" (Name "c"))'],
  ["a and b and c or d", '(BoolOp "or" [(BoolOp "and" [(Name "a") (Name "b") (Name "c")]) (Name "d")])'],
  ["a and (b and c)", '(BoolOp "and" [(Name "a") (BoolOp "and" [(Name "b") (Name "c")])])'],
  ["not a in b", '(UnaryOp "not" (Compare (Name "a") ["in"] [(Name "b")]))'],
  ["1 < a <= 2", '(Compare (Int 1) ["<" "<="] [(Name "a") (Int 2)])'],
  ["a not  in b is not c", '(Compare (Name "a") ["not in" "is not"] [(Name "b") (Name "c")])'],
  ["(a is  # why\n not b)", '(Compare (Name "a") ["is not"] [(Name "b")])'],
  ["a if b else c", '(IfExp (Name "b") (Name "a") (Name "c"))'],
  ["lambda: 1", "(Lambda [] (Int 1))"],
  [
    "lambda a, /, b=1, *, c, **d: a",
    '(Lambda [("a" "positionalOnly" - -) ("b" "positionalOrKeyword" (Int 1) -) ("c" "keywordOnly" - -) ' +
      '("d" "varKeyword" - -)] (Name "a"))',
  ],
  [
    "[a for a, b in c if a if b]",
    '(ListComp (Name "a") [((Tuple [(Name "a") (Name "b")] false) (Name "c") [(Name "a") (Name "b")] false)])',
  ],
  ["{a: b for a in c}", '(DictComp (Name "a") (Name "b") [((Name "a") (Name "c") [] false)])'],
  ["(a := 1)", '(NamedExpr (Name "a") (Int 1))'],
  ["print", '(Name "print")'],
  ["type(match)", '(Call (Name "type") [(Name "match")] [])'],
];

describe("expressions", () => {
  for (const [source, tree] of CASES) {
    it(source.replaceAll("\n", "\\n"), async () => {
      assert.equal(await expression(source), tree);
    });
  }

  it("gives numbers that CPython refuses no value", async () => {
    for (const source of ["0644", "10L", "1_", "1__0", "9".repeat(4301)]) {
      const module = await parse(`X = ${source}\nY = 1\n`);
      assert.equal(module.problems.length, 1, source);
      assert.equal(show(module.body[1]), '(Assign [(Name "Y")] (Int 1))', source);
      assert.ok(!show(module.body[0]).includes("Int"), source);
    }
  });

  it("normalises identifiers as PEP 3131 says", async () => {
    assert.equal(await expression("ﬁle"), '(Name "file")');
  });

  it("gives every node its own range", async () => {
    const source = "X = foo.bar( a , b = (1) )[ 2 , ]\n";
    const [statement] = (await parse(source)).body;
    assert.ok(statement?.kind === "Assign" && statement.value.kind === "Subscript");
    const { value: call, slice } = statement.value;
    assert.equal(textOf(source, slice), "2 ,");
    assert.ok(call.kind === "Call" && call.func.kind === "Attribute");
    assert.equal(textOf(source, call), "foo.bar( a , b = (1) )");
    assert.equal(textOf(source, call.argumentsRange), "( a , b = (1) )");
    assert.equal(textOf(source, call.func.attrRange), "bar");
    assert.equal(textOf(source, call.keywords[0]?.value ?? statement), "1");
    assert.equal(textOf(source, call.keywords[0] ?? statement), "b = (1)");
  });
});
