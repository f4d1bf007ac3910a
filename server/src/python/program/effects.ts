import { append } from "../../base/lists";
import { spend } from "../values/fuel";
import type { Attribute, Call, Expr, Stmt } from "../../syntax/ast";

/** Methods that leave their object as it is. */
export const READING =
  /^(get|items|keys|values|copy|index|count|find|is\w+|\w*strip|lower|upper|title|\w*split|splitlines|startswith|endswith|replace|format|join|encode|exists|resolve|read_text)$/;

function isEnviron(owner: Expr): boolean {
  return (owner.kind === "Attribute" ? owner.attr : owner.kind === "Name" ? owner.id : "") === "environ";
}

/** `globals()` and its kin: `name in globals()` only asks. */
function isNamespace(node: Expr): boolean {
  return node.kind === "Call" && node.func.kind === "Name" && /^(globals|locals|vars)$/.test(node.func.id);
}

type Node = Stmt | Expr | { readonly kind?: string };

const PLAIN_FUNCTIONS =
  /^(print|len|str|int|float|bool|list|tuple|set|dict|sorted|any|all|isinstance|getattr|range|enumerate|zip)$/;

/** Functions that give their arguments' parts, or nothing of them. */
const TAKING_PARTS = /^(list|tuple|set|dict|sorted|range|enumerate|zip|len|any|all|print|isinstance)$/;

/** Whether evaluating an expression does nothing but giving a value. */
export function isWithoutEffects(node: Expr): boolean {
  const { called, changed, names, variables } = new Effects().add(node);
  const runs = called.some((func) => func.kind === "Name" && !PLAIN_FUNCTIONS.test(func.id));
  return !runs && changed.length === 0 && names.size === 0 && variables.size === 0;
}

/** What some code may do, collected from its text alone. */
export class Effects {
  /** Names that it binds in its own scope. */
  readonly names = new Set<string>();
  /** What leads to the objects that it may change. */
  readonly changed: Expr[] = [];
  /** Attributes that it may bind, of modules and classes. */
  readonly attributes: Attribute[] = [];
  /** Names declared `global` or `nonlocal`. */
  readonly global = new Set<string>();
  readonly called: Expr[] = [];
  /** Every name and attribute that it reads. */
  readonly read: Expr[] = [];
  /** Those of them of which only parts come out: `for part in X`, `X[...]`, `X.get(...)`, `list(X)`. */
  readonly parted = new Set<Expr>();
  /** Environment variables that it may set. */
  readonly variables = new Set<string>();
  /** Environment variables whose names are computed are among them. */
  opensEnvironment = false;
  /** It imports something. */
  imports = false;
  /** It may bind names that cannot be told from its text. */
  opensNamespace = false;
  /** Modules and classes of which it may bind any attribute. */
  readonly opened: Expr[] = [];

  add(node: Stmt | Expr): this {
    this.visit(node);
    return this;
  }

  private visit(node: Node): void {
    spend(2);
    const given = node as Stmt | Expr;
    switch (given.kind) {
      case "Name":
        this.read.push(given);
        return;
      case "Attribute":
        this.read.push(given);
        break;
      case "Assign":
        for (const target of given.targets) this.target(target);
        break;
      case "AnnAssign":
        if (given.value !== undefined) this.target(given.target);
        break;
      case "AugAssign":
        this.target(given.target);
        this.changed.push(given.target);
        break;
      case "Delete":
        for (const target of given.targets) this.target(target);
        break;
      case "For":
        this.target(given.target);
        this.parted.add(given.iter);
        break;
      case "Subscript":
        this.parted.add(given.value);
        break;
      case "NamedExpr":
        this.target(given.target);
        break;
      case "With":
        for (const item of given.items) if (item.optionalVars !== undefined) this.target(item.optionalVars);
        break;
      case "Global":
      case "Nonlocal":
        for (const name of given.names) this.global.add(name);
        return;
      case "Compare":
        this.visit(given.left);
        for (const part of given.comparators) if (!isNamespace(part)) this.visit(part);
        return;
      case "Call":
        this.call(given);
        break;
      default:
        if (this.definition(given)) return;
    }
    this.children(node);
  }

  /** Statements that bind names by their own form; true where nothing inside of them runs now. */
  private definition(node: Stmt | Expr): boolean {
    switch (node.kind) {
      case "FunctionDef":
      case "ClassDef":
        this.names.add(node.name);
        return node.kind === "FunctionDef";
      case "Lambda":
        return true;
      case "Import":
        this.imports = true;
        for (const alias of node.names) this.names.add(alias.asname ?? (alias.name.split(".")[0] as string));
        return true;
      case "ImportFrom":
        this.imports = true;
        if (node.names === "*") this.opensNamespace = true;
        else for (const alias of node.names) this.names.add(alias.asname ?? alias.name);
        return true;
      case "BadStmt":
        for (const name of node.names) this.names.add(name);
        return true;
      default:
        this.capture(node);
        return false;
    }
  }

  /** `except ... as name` and the names of `match` patterns. */
  private capture(node: Node): void {
    const { name, names } = node as { readonly name?: unknown; readonly names?: readonly string[] };
    const isPattern = node.kind?.startsWith("Match") === true;
    const isHandler = node.kind === undefined && "body" in node && "type" in node;
    if ((isPattern || isHandler) && typeof name === "string") this.names.add(name);
    if (isPattern) for (const bound of names ?? []) this.names.add(bound);
  }

  private call(node: Call): void {
    const { func } = node;
    this.called.push(func);
    if (func.kind === "Name") {
      if (/^(globals|locals|vars|exec)$/.test(func.id)) this.opensNamespace = true;
      const [target] = node.args;
      if (func.id === "setattr" && target !== undefined) this.opened.push(target);
      // `setattr(sys.modules[__name__], ...)`.
      if (func.id === "setattr" && target?.kind === "Subscript") this.opensNamespace = true;
      if (TAKING_PARTS.test(func.id)) for (const arg of node.args) this.parted.add(arg);
      if (PLAIN_FUNCTIONS.test(func.id)) return;
    } else if (func.kind === "Attribute") {
      if (isEnviron(func.value)) this.environment(func.attr, node);
      if (READING.test(func.attr)) {
        this.parted.add(func).add(func.value);
        return;
      }
      this.changed.push(func.value);
    }
    for (const arg of node.args) this.handed(arg);
    for (const keyword of node.keywords) this.handed(keyword.value);
  }

  /** A method of `os.environ`. */
  private environment(method: string, { args }: Call): void {
    if (READING.test(method)) return;
    const [first] = args;
    if (first?.kind === "Str") this.variables.add(first.value);
    else this.opensEnvironment = true;
  }

  /** What is handed to a function may be changed by it. */
  private handed(arg: Expr): void {
    const inner = new Effects();
    inner.add(arg);
    append(this.changed, inner.read);
  }

  private target(target: Expr): void {
    switch (target.kind) {
      case "Name":
        this.names.add(target.id);
        return;
      case "Tuple":
      case "List":
        for (const part of target.elts) this.target(part);
        return;
      case "Starred":
        return this.target(target.value);
      case "Attribute":
        this.attributes.push(target);
        this.changed.push(target.value);
        return;
      case "Subscript":
        this.changed.push(target.value);
        if (!isEnviron(target.value)) return;
        if (target.slice.kind === "Str") this.variables.add(target.slice.value);
        else this.opensEnvironment = true;
        return;
      default:
        this.changed.push(target);
    }
  }

  private children(node: Node): void {
    for (const value of Object.values(node) as unknown[]) {
      for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
        if (typeof child !== "object" || child === null) continue;
        if ("kind" in child) this.visit(child as Node);
        else {
          if ("iter" in child) this.parted.add(child.iter as Expr);
          this.capture(child as Node);
          this.children(child as Node);
        }
      }
    }
  }
}
