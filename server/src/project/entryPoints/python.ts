import type { Attribute, Call, Expr, Module } from "../../syntax/ast";
import { baseName } from "../../base/path";
import type { EntryPointKind } from "../model";
import { usageOfModulePart, usageOfPath } from "../nameWords";
import type { EntryFile, NamePart, Place, ScanResult } from "./scan";
import { moduleNameIn, ScanBuilder } from "./scan";
import { allStatements } from "../../syntax/statements";
import { scanCommand } from "./commandLine";
import { startedBy } from "./startCommand";

/** Reads a Python file that sets `DJANGO_SETTINGS_MODULE` before Django starts. */
export function scanPython(file: EntryFile): ScanResult {
  const builder = new ScanBuilder(file);
  const kind = kindOf(file.relative);
  const place: Place = { kind, purpose: purposeOf(file.relative, kind) };
  visit(file.module(), builder, place, file);
  if (PASSENGER.test(file.relative)) passenger(file.module(), builder, place);
  return builder.result();
}

/** What Passenger starts on shared hosting (https://www.phusionpassenger.com/docs/references/config_reference/). */
const PASSENGER = /(?:^|\/)passenger_wsgi\.py$/;

/** `from shop.wsgi import application`: then that file selects the settings. */
function passenger(module: Module, builder: ScanBuilder, place: Place): void {
  for (const statement of allStatements(module.body, "branches")) {
    if (statement.kind !== "ImportFrom" || !/(?:^|\.)wsgi$/.test(statement.module)) continue;
    const range = { start: statement.start, end: statement.end };
    const deployed: Place = { ...place, kind: "paas" };
    builder.start({ serves: "wsgi", application: statement.module, reloads: false }, range, deployed);
  }
}

/** manage.py in `dev/` or wsgi.py in `app/` say nothing about where they run; test code and `wsgi_heroku.py` do. */
function purposeOf(relative: string, kind: EntryPointKind): Place["purpose"] {
  const usage = usageOfPath(relative);
  if (PASSENGER.test(relative)) return "production";
  if (kind === "python" || usage === "test") return usage ?? "any";
  if (kind !== "wsgi" && kind !== "asgi") return "any";
  return (
    usageOfModulePart(
      baseName(relative)
        .replace(/\.py$/, "")
        .replace(/[aw]sgi/, " "),
    ) ?? "any"
  );
}

function kindOf(relative: string): EntryPointKind {
  const name = baseName(relative);
  if (/^manage\w*\.py$/.test(name)) return "manage.py";
  if (/wsgi/.test(name) || /(?:^|\/)wsgi\/\w+\.py$/.test(relative)) return "wsgi";
  if (/asgi/.test(name) || /(?:^|\/)asgi\/\w+\.py$/.test(relative)) return "asgi";
  if (/celery/.test(name)) return "celery";
  if (/gunicorn/.test(name)) return "gunicorn";
  if (name === "conf.py" && /(?:^|\/)(?:docs?|doc_?src|sphinx)\//.test(relative)) return "sphinx";
  return name === "conftest.py" ? "pytest" : "python";
}

function visit(module: Module, builder: ScanBuilder, place: Place, file: EntryFile): void {
  const constants = new Map<string, Expr>();
  for (const statement of allStatements(module.body, "everything")) {
    if (statement.kind === "Expr" && statement.value.kind === "Call")
      call(statement.value, constants, builder, place, file);
    if (statement.kind !== "Assign") continue;
    for (const target of statement.targets) {
      if (target.kind === "Name") constants.set(target.id, statement.value);
      if (target.kind === "Subscript" && isEnviron(target.value))
        variable(stringOf(target.slice, constants), statement.value, "assign", constants, builder, place);
    }
    if (place.kind === "gunicorn") gunicornSetting(statement.targets, statement.value, builder, place);
  }
}

function call(node: Call, constants: Constants, builder: ScanBuilder, place: Place, file: EntryFile): void {
  const { func, args } = node;
  if (func.kind !== "Attribute") return;
  const [name, value] = args;
  if (func.attr === "setdefault" && isEnviron(func.value) && name !== undefined && value !== undefined)
    variable(stringOf(name, constants), value, "setdefault", constants, builder, place);
  else if (func.attr === "putenv" && name !== undefined && value !== undefined)
    variable(stringOf(name, constants), value, "assign", constants, builder, place);
  else if (func.attr === "update" && isEnviron(func.value) && name?.kind === "Dict")
    for (const item of name.items)
      variable(stringOf(item.key, constants), item.value, "assign", constants, builder, place);
  // subprocess.run(["manage.py", "check", "--settings=x"]) and `c.run("manage.py ... --settings=x")` in task files.
  else if (/^(?:run|call|check_call|check_output|Popen|local|sudo)$/.test(func.attr)) {
    const argument = args[0];
    if (argument !== undefined)
      scanCommand(file.text.slice(argument.start, argument.end), argument.start, builder, place);
  }
}

/** What names are bound to. */
type Constants = ReadonlyMap<string, Expr>;

function variable(
  name: string | undefined,
  value: Expr,
  form: "setdefault" | "assign",
  constants: Constants,
  builder: ScanBuilder,
  place: Place,
): void {
  const bound = value.kind === "Name" ? constants.get(value.id) : undefined;
  const choice = choiceOf(bound ?? value, constants);
  if (choice?.kind === "IfExp") {
    const isDeployed = place.purpose === "any" && stringsIn(choice.test).some((text) => IN_DEPLOYMENT.test(text));
    const deployed: Place = isDeployed ? { ...place, purpose: "production" } : place;
    // Without what names are bound to: it may be this very choice.
    variable(name, choice.body, form, new Map(), builder, deployed);
    variable(name, choice.orelse, form, new Map(), builder, place);
    return;
  }
  if (choice?.kind === "Subscript" && choice.value.kind === "Dict") {
    for (const { value: module } of choice.value.items) variable(name, module, form, new Map(), builder, place);
    return;
  }
  const text = stringOf(value, constants);
  const range = contentRange(bound ?? value);
  if (name === "DJANGO_SETTINGS_MODULE") {
    const module = text === undefined ? undefined : moduleNameIn(text);
    builder.select(module, range, form, place, module === undefined ? partsOf(value, constants) : undefined);
  } else if (name === "DJANGO_CONFIGURATION" && text !== undefined) builder.configuration(text, range, place);
}

/** A choice between modules that are all written out: `a if x else b`, and `{"dev": a, "prod": b}[x]` with the dict in place of its name. */
function choiceOf(value: Expr, constants: Constants): Expr | undefined {
  if (value.kind === "IfExp") return value;
  if (value.kind !== "Subscript") return undefined;
  const table = value.value.kind === "Name" ? constants.get(value.value.id) : value.value;
  const isTable =
    table?.kind === "Dict" && table.items.every((item) => item.key !== undefined && item.value.kind === "Str");
  return isTable ? { ...value, value: table } : undefined;
}

/** Variables that platforms set, and what people call the environment: `"WEBSITE_HOSTNAME" in os.environ`, `ENV == "production"`. */
const IN_DEPLOYMENT =
  /^(?:WEBSITE_HOSTNAME|RENDER(?:_\w+)?|DYNO|RAILWAY_\w+|FLY_\w+|GAE_\w+|K_SERVICE|VERCEL(?:_\w+)?|PYTHONANYWHERE_\w+|HEROKU\w*|VCAP_\w+|prod|production|live)$/;

/** The strings of a test that is not negated. */
function stringsIn(test: Expr): readonly string[] {
  if (test.kind === "Str") return [test.value];
  if (test.kind === "Compare")
    return /not|!=/.test(test.ops.join(" ")) ? [] : [test.left, ...test.comparators].flatMap(stringsIn);
  if (test.kind === "Call") return test.args.flatMap(stringsIn);
  return test.kind === "Subscript" ? stringsIn(test.slice) : [];
}

/** What the name of a settings module is made of where a file computes it, as {@link partsOf} tells it. */
export function nameParts(module: Module, expression: Expr): readonly NamePart[] | undefined {
  const constants = new Map<string, Expr>();
  for (const statement of module.body)
    if (statement.kind === "Assign" && statement.targets[0]?.kind === "Name")
      constants.set(statement.targets[0].id, statement.value);
  return partsOf(expression, constants);
}

/** What `f"shop.settings.{ENV}"`, `"shop.settings.%s" % ENV` or `"shop." + os.getenv("ENV", "dev")` is made of; `undefined` where a part is no variable. */
function partsOf(expression: Expr, constants: Constants, depth = 0): readonly NamePart[] | undefined {
  // A name may be bound to what reads it.
  if (depth > MAX_PARTS_DEPTH) return undefined;
  const all = (each: readonly Expr[]): readonly NamePart[] | undefined => {
    const parts = each.map((one) => partsOf(one, constants, depth + 1));
    return parts.some((one) => one === undefined) ? undefined : parts.flatMap((one) => one ?? []);
  };
  if (expression.kind === "Str") return [expression.value];
  if (expression.kind === "JoinedStr")
    return all(expression.values.map((part) => (part.kind === "Str" ? part : part.value)));
  if (expression.kind === "BinOp" && expression.op === "+") return all([expression.left, expression.right]);
  const formatted = formattedPieces(expression);
  if (formatted !== undefined) return all(formatted);
  const bound = expression.kind === "Name" ? constants.get(expression.id) : undefined;
  if (bound !== undefined) return all([bound]);
  const variable = readVariable(expression);
  return variable === undefined ? undefined : [variable];
}

const MAX_PARTS_DEPTH = 12;

/** The pieces of `"shop.settings.%s" % ENV` and `"shop.settings.{}".format(ENV)`, in their order; one value only. */
function formattedPieces(expression: Expr): readonly Expr[] | undefined {
  const isPercent = expression.kind === "BinOp" && expression.op === "%";
  const isFormat =
    expression.kind === "Call" && expression.func.kind === "Attribute" && expression.func.attr === "format";
  const template = isPercent ? expression.left : isFormat ? (expression.func as Attribute).value : undefined;
  const value = isPercent ? expression.right : isFormat ? expression.args[0] : undefined;
  if (template?.kind !== "Str" || value === undefined || (isFormat && expression.args.length > 1)) return undefined;
  const [before, after, more] = template.value.split(isPercent ? "%s" : /\{0?\}/);
  if (before === undefined || after === undefined || more !== undefined) return undefined;
  const piece = (text: string): Expr => ({ ...template, value: text });
  return [piece(before), value, piece(after)];
}

/** `os.environ["X"]`, `os.environ.get("X", "y")`, `os.getenv("X", "y")`, `config("X", default="y")`. */
function readVariable(expression: Expr): NamePart | undefined {
  if (expression.kind === "Subscript" && isEnviron(expression.value) && expression.slice.kind === "Str")
    return { variable: expression.slice.value, fallback: undefined };
  if (expression.kind !== "Call") return undefined;
  const [first] = expression.args;
  if (first?.kind !== "Str" || !/^[A-Z]\w*$/.test(first.value)) return undefined;
  const fallback = stringOf(expression, new Map());
  return { variable: first.value, fallback };
}

/** `raw_env`, `wsgi_app` and `worker_class` of a Gunicorn configuration file (https://docs.gunicorn.org/en/stable/settings.html). */
function gunicornSetting(targets: readonly Expr[], value: Expr, builder: ScanBuilder, place: Place): void {
  const name = targets[0]?.kind === "Name" ? targets[0].id : "";
  const deployed: Place = { ...place, purpose: place.purpose === "any" ? "production" : place.purpose, deploys: true };
  if (name === "raw_env" && (value.kind === "List" || value.kind === "Tuple"))
    for (const item of value.elts) {
      const [, key, raw] = (item.kind === "Str" && /^(\w+)=(.*)$/s.exec(item.value)) || [];
      const start = item.start + (item.end - item.start - 1 - (raw?.length ?? 0));
      if (key !== undefined && raw !== undefined) builder.variable(key, raw, { start, end: item.end - 1 }, deployed);
    }
  if (value.kind !== "Str") return;
  const range = contentRange(value);
  const serves = /uvicorn|asgi/i.test(value.value) ? "asgi" : "wsgi";
  if (name === "worker_class") builder.start({ serves, application: undefined, reloads: false }, range, deployed);
  const process = name === "wsgi_app" ? startedBy(`gunicorn ${value.value}`) : undefined;
  if (process !== undefined) builder.start(process, range, deployed);
}

/** The text of a string, of a name bound to one, or of `config("DJANGO_SETTINGS_MODULE", default="x")`. */
function stringOf(expression: Expr | undefined, constants: Constants): string | undefined {
  if (expression?.kind === "Str") return expression.value;
  if (expression?.kind === "Name") return stringOf(constants.get(expression.id), new Map());
  if (expression?.kind !== "Call") return undefined;
  const first = expression.args[0];
  if (first?.kind !== "Str" || !/^[A-Z_]+$/.test(first.value)) return undefined;
  const fallback = expression.keywords.find((keyword) => keyword.name === "default")?.value ?? expression.args[1];
  return fallback?.kind === "Str" ? fallback.value : undefined;
}

function contentRange(value: Expr): { start: number; end: number } {
  const inner =
    value.kind === "Call"
      ? (value.keywords.find((each) => each.name === "default")?.value ?? value.args[1] ?? value)
      : value;
  const isPlain =
    inner.kind === "Str" && inner.pieces.length === 1 && inner.end - inner.start === inner.value.length + 2;
  return isPlain ? { start: inner.start + 1, end: inner.end - 1 } : { start: inner.start, end: inner.end };
}

function isEnviron(expression: Expr): boolean {
  return (
    (expression.kind === "Attribute" && expression.attr === "environ") ||
    (expression.kind === "Name" && expression.id === "environ")
  );
}
