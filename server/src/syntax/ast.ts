import type { Range } from "../base/text";

/**
 * The abstract syntax tree of a Python module. Node names and fields follow CPython's `ast` module
 * (https://docs.python.org/3/library/ast.html#abstract-grammar); what differs is said at the node.
 * Every node carries its own range (UTF-16 code units). The tree is plain data: it holds nothing of tree-sitter.
 */
export type Node = Range;

// ---------------------------------------------------------------- expressions

export interface Name extends Node {
  readonly kind: "Name";
  readonly id: string;
}
/** A string literal, adjacent literals already concatenated. `pieces` are the ranges of the adjacent literals. */
export interface Str extends Node {
  readonly kind: "Str";
  readonly value: string;
  readonly pieces: readonly Range[];
}
export interface Bytes extends Node {
  readonly kind: "Bytes";
  /** One character a byte (0-255). */
  readonly value: string;
}
export interface Int extends Node {
  readonly kind: "Int";
  readonly value: bigint;
}
export interface Float extends Node {
  readonly kind: "Float";
  readonly value: number;
}
/** An imaginary literal (`2j`). No setting uses one: only its text is kept. */
export interface Imaginary extends Node {
  readonly kind: "Imaginary";
  readonly text: string;
}
/** `True`, `False`, `None` and `...`. */
export interface Constant extends Node {
  readonly kind: "Constant";
  readonly value: boolean | null | "...";
}
/** An f-string (or a concatenation with at least one); its literal parts are `Str`. */
export interface JoinedStr extends Node {
  readonly kind: "JoinedStr";
  readonly values: readonly (Str | FormattedValue)[];
}
export interface FormattedValue extends Node {
  readonly kind: "FormattedValue";
  readonly value: Expr;
  /** `r` too where a self-documenting field has neither conversion nor spec, as in CPython. */
  readonly conversion: "s" | "r" | "a" | undefined;
  /** `undefined` when there is no `:spec`. */
  readonly formatSpec: JoinedStr | Str | undefined;
  /** What a self-documenting field prints before its value, `=` and blanks included (`x = ` of `f"{x = }"`), else `undefined`. */
  readonly selfDocumenting: string | undefined;
}
export interface List extends Node {
  readonly kind: "List";
  readonly elts: readonly Expr[];
}
/** `parenthesized`: the range includes the parentheses. */
export interface Tuple extends Node {
  readonly kind: "Tuple";
  readonly elts: readonly Expr[];
  readonly parenthesized: boolean;
}
export interface SetDisplay extends Node {
  readonly kind: "Set";
  readonly elts: readonly Expr[];
}
/** An item's range reaches from its key (or `**`) to the end of its value. */
export interface DictItem extends Node {
  /** `undefined` for `**value`. */
  readonly key: Expr | undefined;
  readonly value: Expr;
}
export interface Dict extends Node {
  readonly kind: "Dict";
  readonly items: readonly DictItem[];
}
export interface Starred extends Node {
  readonly kind: "Starred";
  readonly value: Expr;
}
export interface Attribute extends Node {
  readonly kind: "Attribute";
  readonly value: Expr;
  readonly attr: string;
  readonly attrRange: Range;
}
export interface Subscript extends Node {
  readonly kind: "Subscript";
  readonly value: Expr;
  readonly slice: Expr;
}
/** Only as a subscript (or inside its tuple). */
export interface Slice extends Node {
  readonly kind: "Slice";
  readonly lower: Expr | undefined;
  readonly upper: Expr | undefined;
  readonly step: Expr | undefined;
}
/** `name` is `undefined` for `**value`. */
export interface Keyword extends Node {
  readonly name: string | undefined;
  readonly value: Expr;
}
export interface Call extends Node {
  readonly kind: "Call";
  readonly func: Expr;
  /** May hold `Starred`; a bare generator argument is a `GeneratorExp`. */
  readonly args: readonly Expr[];
  readonly keywords: readonly Keyword[];
  /** From `(` to `)`, both included. */
  readonly argumentsRange: Range;
}
export type UnaryOperator = "not" | "-" | "+" | "~";
export interface UnaryOp extends Node {
  readonly kind: "UnaryOp";
  readonly op: UnaryOperator;
  readonly operand: Expr;
}
export type BinaryOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**" | "@" | "|" | "&" | "^" | "<<" | ">>";
export interface BinOp extends Node {
  readonly kind: "BinOp";
  readonly left: Expr;
  readonly op: BinaryOperator;
  readonly right: Expr;
}
/** Flattened as CPython does: `a and b and c` has three values. */
export interface BoolOp extends Node {
  readonly kind: "BoolOp";
  readonly op: "and" | "or";
  readonly values: readonly Expr[];
}
export type CompareOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in" | "is" | "is not";
export interface Compare extends Node {
  readonly kind: "Compare";
  readonly left: Expr;
  readonly ops: readonly CompareOperator[];
  readonly comparators: readonly Expr[];
}
export interface IfExp extends Node {
  readonly kind: "IfExp";
  readonly test: Expr;
  readonly body: Expr;
  readonly orelse: Expr;
}
export interface Lambda extends Node {
  readonly kind: "Lambda";
  readonly parameters: readonly Parameter[];
  readonly body: Expr;
}
export interface Comprehension extends Node {
  readonly target: Expr;
  readonly iter: Expr;
  readonly ifs: readonly Expr[];
  readonly isAsync: boolean;
}
export interface ListComp extends Node {
  readonly kind: "ListComp" | "SetComp" | "GeneratorExp";
  readonly elt: Expr;
  readonly generators: readonly Comprehension[];
}
export interface DictComp extends Node {
  readonly kind: "DictComp";
  readonly key: Expr;
  readonly value: Expr;
  readonly generators: readonly Comprehension[];
}
export interface NamedExpr extends Node {
  readonly kind: "NamedExpr";
  readonly target: Name;
  readonly value: Expr;
}
/** `await`, `yield` and `yield from`: settings modules cannot use them at module level; `value` may be absent. */
export interface Suspend extends Node {
  readonly kind: "Await" | "Yield" | "YieldFrom";
  readonly value: Expr | undefined;
}
/** What the parser could not read as an expression. */
export interface BadExpr extends Node {
  readonly kind: "BadExpr";
}

export type Expr =
  | Name
  | Str
  | Bytes
  | Int
  | Float
  | Imaginary
  | Constant
  | JoinedStr
  | List
  | Tuple
  | SetDisplay
  | Dict
  | Starred
  | Attribute
  | Subscript
  | Slice
  | Call
  | UnaryOp
  | BinOp
  | BoolOp
  | Compare
  | IfExp
  | Lambda
  | ListComp
  | DictComp
  | NamedExpr
  | Suspend
  | BadExpr;

// ----------------------------------------------------------------- statements

export interface Parameter extends Node {
  readonly name: string;
  /** `*` and `/` alone are not parameters: they only decide the kind of those around them. */
  readonly parameterKind: "positionalOnly" | "positionalOrKeyword" | "varPositional" | "keywordOnly" | "varKeyword";
  readonly default: Expr | undefined;
  readonly annotation: Expr | undefined;
}
/** `A = B = value` has two targets. */
export interface Assign extends Node {
  readonly kind: "Assign";
  readonly targets: readonly Expr[];
  readonly value: Expr;
}
export interface AugAssign extends Node {
  readonly kind: "AugAssign";
  readonly target: Expr;
  readonly op: BinaryOperator;
  readonly value: Expr;
}
export interface AnnAssign extends Node {
  readonly kind: "AnnAssign";
  readonly target: Expr;
  readonly annotation: Expr;
  readonly value: Expr | undefined;
}
export interface ExprStmt extends Node {
  readonly kind: "Expr";
  readonly value: Expr;
}
/** `elif` is an `If` alone in `orelse`, as in CPython. */
export interface If extends Node {
  readonly kind: "If";
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface For extends Node {
  readonly kind: "For";
  readonly target: Expr;
  readonly iter: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
  readonly isAsync: boolean;
}
export interface While extends Node {
  readonly kind: "While";
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
/** `type` undefined: a bare `except:`. PEP 758's `except A, B:` gives a `Tuple`. */
export interface ExceptHandler extends Node {
  readonly type: Expr | undefined;
  readonly name: string | undefined;
  readonly body: readonly Stmt[];
}
export interface Try extends Node {
  readonly kind: "Try";
  readonly body: readonly Stmt[];
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: readonly Stmt[];
  readonly finalbody: readonly Stmt[];
  /** `except*` (PEP 654). */
  readonly isStar: boolean;
}
export interface WithItem extends Node {
  readonly contextExpr: Expr;
  readonly optionalVars: Expr | undefined;
}
export interface With extends Node {
  readonly kind: "With";
  readonly items: readonly WithItem[];
  readonly body: readonly Stmt[];
  readonly isAsync: boolean;
}
export interface FunctionDef extends Node {
  readonly kind: "FunctionDef";
  readonly name: string;
  readonly nameRange: Range;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Stmt[];
  readonly decorators: readonly Expr[];
  readonly isAsync: boolean;
}
export interface ClassDef extends Node {
  readonly kind: "ClassDef";
  readonly name: string;
  readonly nameRange: Range;
  readonly bases: readonly Expr[];
  readonly keywords: readonly Keyword[];
  readonly body: readonly Stmt[];
  readonly decorators: readonly Expr[];
}
export interface Return extends Node {
  readonly kind: "Return";
  readonly value: Expr | undefined;
}
export interface Alias extends Node {
  readonly name: string;
  readonly asname: string | undefined;
}
export interface Import extends Node {
  readonly kind: "Import";
  readonly names: readonly Alias[];
}
/** `from ..a.b import c` has level 2 and module "a.b". `names` is "*" for a star import. */
export interface ImportFrom extends Node {
  readonly kind: "ImportFrom";
  readonly module: string;
  readonly level: number;
  readonly names: readonly Alias[] | "*";
}
export interface Raise extends Node {
  readonly kind: "Raise";
  readonly exc: Expr | undefined;
  readonly cause: Expr | undefined;
}
export interface Assert extends Node {
  readonly kind: "Assert";
  readonly test: Expr;
  readonly msg: Expr | undefined;
}
export interface Delete extends Node {
  readonly kind: "Delete";
  readonly targets: readonly Expr[];
}
export interface Jump extends Node {
  readonly kind: "Pass" | "Break" | "Continue";
}
export interface Scoping extends Node {
  readonly kind: "Global" | "Nonlocal";
  readonly names: readonly string[];
}
export interface MatchCase extends Node {
  readonly pattern: Pattern;
  readonly guard: Expr | undefined;
  readonly body: readonly Stmt[];
}
export interface Match extends Node {
  readonly kind: "Match";
  readonly subject: Expr;
  readonly cases: readonly MatchCase[];
}
export type Pattern =
  | (Node & { readonly kind: "MatchValue"; readonly value: Expr })
  | (Node & { readonly kind: "MatchOr"; readonly patterns: readonly Pattern[] })
  /** A capture (`name`), a wildcard (`name` undefined, `pattern` undefined), or `pattern as name`. */
  | (Node & { readonly kind: "MatchAs"; readonly pattern: Pattern | undefined; readonly name: string | undefined })
  /** Sequences, mappings, classes: not told apart; `names` are all names the pattern binds. */
  | (Node & { readonly kind: "MatchOther"; readonly names: readonly string[] });
/** `type X = ...` (PEP 695). */
export interface TypeAlias extends Node {
  readonly kind: "TypeAlias";
  readonly name: string;
}
/** A statement that the parser could not read. Its effects are unknown. */
export interface BadStmt extends Node {
  readonly kind: "BadStmt";
  /** Upper-case identifiers that stand in it as assignment targets may have been bound by it. */
  readonly names: readonly string[];
}

export type Stmt =
  | Assign
  | AugAssign
  | AnnAssign
  | ExprStmt
  | If
  | For
  | While
  | Try
  | With
  | FunctionDef
  | ClassDef
  | Return
  | Import
  | ImportFrom
  | Raise
  | Assert
  | Delete
  | Jump
  | Scoping
  | Match
  | TypeAlias
  | BadStmt;

/** A comment from its `#` to the end of its line, the line break not included. */
export interface Comment extends Node {
  readonly text: string;
}
export interface SyntaxProblem extends Node {
  readonly message: string;
}
export interface Module extends Node {
  readonly kind: "Module";
  readonly body: readonly Stmt[];
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
}
