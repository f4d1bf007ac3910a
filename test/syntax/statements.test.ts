import assert from "node:assert/strict";
import { parse, show, statements, textOf } from "./show";

const CASES: readonly (readonly [source: string, ...trees: string[]])[] = [
  ["A = B = 1", '(Assign [(Name "A") (Name "B")] (Int 1))'],
  ["A, *B = C", '(Assign [(Tuple [(Name "A") (Starred (Name "B"))] false)] (Name "C"))'],
  ["(A) = [B] = 1", '(Assign [(Name "A") (List [(Name "B")])] (Int 1))'],
  ['A["b"].c = 1', '(Assign [(Attribute (Subscript (Name "A") (Str "b")) "c")] (Int 1))'],
  ["A += 1,", '(AugAssign (Name "A") "+" (Tuple [(Int 1)] false))'],
  ["A **= 2", '(AugAssign (Name "A") "**" (Int 2))'],
  ["A: int", '(AnnAssign (Name "A") (Name "int") -)'],
  [
    "A: dict[str, int] | None = {}",
    '(AnnAssign (Name "A") (BinOp (Subscript (Name "dict") (Tuple [(Name "str") (Name "int")] false)) "|" ' +
      "(Constant null)) (Dict []))",
  ],
  [
    "A: a[b] | c | d",
    '(AnnAssign (Name "A") (BinOp (BinOp (Subscript (Name "a") (Name "b")) "|" (Name "c")) "|" (Name "d")) -)',
  ],
  ["a()", '(Expr (Call (Name "a") [] []))'],
  ["a; b;", '(Expr (Name "a"))', '(Expr (Name "b"))'],
  ["pass; break; continue", "(Pass)", "(Break)", "(Continue)"],
  ["import a.b, c as d", '(Import [("a.b" -) ("c" "d")])'],
  ["from . import a", '(ImportFrom "" 1 [("a" -)])'],
  ["from ...a.b import (c as d, e,)", '(ImportFrom "a.b" 3 [("c" "d") ("e" -)])'],
  ["from a import *", '(ImportFrom "a" 0 "*")'],
  ["from __future__ import annotations", '(ImportFrom "__future__" 0 [("annotations" -)])'],
  [
    "if a: B = 1\nelif c: D = 2\nelse: E = 3",
    '(If (Name "a") [(Assign [(Name "B")] (Int 1))] [(If (Name "c") [(Assign [(Name "D")] (Int 2))] ' +
      '[(Assign [(Name "E")] (Int 3))])])',
  ],
  [
    "for a in b, c:\n  pass\nelse:\n  d",
    '(For (Name "a") (Tuple [(Name "b") (Name "c")] false) [(Pass)] [(Expr (Name "d"))] false)',
  ],
  ["while a:\n  pass", '(While (Name "a") [(Pass)] [])'],
  [
    "try:\n  a\nexcept B as c:\n  d\nexcept:\n  e\nelse:\n  f\nfinally:\n  g",
    '(Try [(Expr (Name "a"))] [((Name "B") "c" [(Expr (Name "d"))]) (- - [(Expr (Name "e"))])] ' +
      '[(Expr (Name "f"))] [(Expr (Name "g"))] false)',
  ],
  [
    "try: a\nexcept A, B: b",
    '(Try [(Expr (Name "a"))] [((Tuple [(Name "A") (Name "B")] false) - [(Expr (Name "b"))])] [] [] false)',
  ],
  ["try: a\nexcept* A: b", '(Try [(Expr (Name "a"))] [((Name "A") - [(Expr (Name "b"))])] [] [] true)'],
  ["with a as b, c: pass", '(With [((Name "a") (Name "b")) ((Name "c") -)] [(Pass)] false)'],
  ["with (a as b, c,): pass", '(With [((Name "a") (Name "b")) ((Name "c") -)] [(Pass)] false)'],
  ["with (a as b): pass", '(With [((Name "a") (Name "b"))] [(Pass)] false)'],
  [
    "@a\n@b(1)\nasync def c(d, *e: f, g=1) -> h:\n  return",
    '(FunctionDef "c" [("d" "positionalOrKeyword" - -) ("e" "varPositional" - (Name "f")) ' +
      '("g" "keywordOnly" (Int 1) -)] [(Return -)] [(Name "a") (Call (Name "b") [(Int 1)] [])] true)',
  ],
  ["class A[T](B, metaclass=C): pass", '(ClassDef "A" [(Name "B")] [("metaclass" (Name "C"))] [(Pass)] [])'],
  ["raise A from b", '(Raise (Name "A") (Name "b"))'],
  ["raise", "(Raise - -)"],
  ["assert a, b", '(Assert (Name "a") (Name "b"))'],
  ["del a, b[0]", '(Delete [(Name "a") (Subscript (Name "b") (Int 0))])'],
  ["global a, b", '(Global ["a" "b"])'],
  ["type A[T] = list[T]", '(TypeAlias "A")'],
  ["type(a).b = 1", '(Assign [(Attribute (Call (Name "type") [(Name "a")] []) "b")] (Int 1))'],
  [
    "match a:\n  case -1 | 'b' | C.D: pass\n  case _: pass\n  case e if f: pass\n  case [g, *h] as i: pass\n  case {'j': k, **l}: pass",
    '(Match (Name "a") [((MatchOr [(MatchValue (UnaryOp "-" (Int 1))) (MatchValue (Str "b")) ' +
      '(MatchValue (Attribute (Name "C") "D"))]) - [(Pass)]) ((MatchAs - -) - [(Pass)]) ' +
      '((MatchAs - "e") (Name "f") [(Pass)]) ((MatchAs (MatchOther ["g" "h"]) "i") - [(Pass)]) ' +
      '((MatchOther ["k" "l"]) - [(Pass)])])',
  ],
  ["print('a')", '(Expr (Call (Name "print") [(Str "a")] []))'],
  ["exec(a)", '(Expr (Call (Name "exec") [(Name "a")] []))'],
];

describe("statements", () => {
  for (const [source, ...trees] of CASES) {
    it(source.replaceAll("\n", "\\n"), async () => {
      assert.deepEqual(await statements(`${source}\n`), trees);
      assert.deepEqual((await parse(source)).problems, []);
    });
  }

  it("reads what CPython refuses as a bad statement, and what stands behind it", async () => {
    const refused = [
      'print "a"',
      "exec 'a'",
      "raise A, b",
      "A = b += 1",
      "try:\n  a",
      "A <> B",
      "X = `a`",
      "from a import",
    ];
    for (const source of refused) {
      const module = await parse(`${source}\nY = 1\n`);
      assert.equal(module.body.length, 2, source);
      assert.match(show(module.body[0]), /Bad(?:Stmt|Expr)/, source);
      assert.equal(show(module.body[1]), '(Assign [(Name "Y")] (Int 1))', source);
      assert.equal(module.problems.length, 1, source);
    }
  });

  it("ends compound statements where their last statement ends, before comments", async () => {
    const source = "if a:\n    B = 1\n    # about nothing\n\n# the end\nC = 1\n";
    const [statement] = (await parse(source)).body;
    assert.ok(statement);
    assert.equal(textOf(source, statement), "if a:\n    B = 1");
  });

  it("begins a decorated definition at its keyword", async () => {
    const source = "@a\nclass B:\n    pass\n";
    const [statement] = (await parse(source)).body;
    assert.ok(statement?.kind === "ClassDef");
    assert.equal(textOf(source, statement), "class B:\n    pass");
    assert.equal(textOf(source, statement.nameRange), "B");
  });

  it("keeps every comment with its text", async () => {
    const source = "# first\nA = [  # second\n    '#', # third\n]\nB = '''\n# none\n'''  # fourth\n    # fifth";
    const { comments } = await parse(source);
    assert.deepEqual(
      comments.map((comment) => comment.text),
      ["# first", "# second", "# third", "# fourth", "# fifth"],
    );
    for (const comment of comments) assert.equal(textOf(source, comment), comment.text);
  });
});
