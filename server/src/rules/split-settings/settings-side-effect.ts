import { walk } from "../../lint/edit/walk";
import { contains } from "../../base/text";
import { defineRule, siteOf, type RuleContext } from "../../lint/rule";
import type { Call, Module, Stmt } from "../../syntax/ast";
import { dottedName } from "../../syntax/dottedName";
import { allStatements, inStatements } from "../../syntax/statements";
import { importedAs, importsIn, moduleCalls, originOf } from "../questions/modules/moduleLevel";
import { runsInProduction } from "../questions/splits/inProduction";
import doc from "./settings-side-effect.md";

type Effect = "network" | "program" | "files" | "lookup" | "client";

/** Directories are made by many settings, and well with `exist_ok`. */
type Message = Effect | "directory";

export const settingsSideEffect = defineRule({
  id: "settings-side-effect",
  category: "split-settings",
  severity: "info",
  audience: "file",
  messages: {
    network:
      "The settings open a network connection: {call}() is called while they are imported, and every management command, test and worker waits for the other side{failing}. Read the value from the environment, or ask where it is needed.",
    program:
      "The settings run another program: {call}() is called while they are imported, by every management command, test and worker{failing}. Write the value at build time, or read it from the environment.",
    files:
      "The settings write a file: {call}() is called while they are imported, by every management command, test and worker, also at the same time and where the disk is read-only. Write it in a command or at build time.",
    lookup:
      "The settings look up a host: {call}() is called while they are imported, and a resolver that does not answer delays every management command, test and worker. Read the name from the environment.",
    client:
      "The settings build an API client: {call}() is called while they are imported, by every management command, test and worker, whether they use it or not. Keep its keys here, and build it where it is used.",
    directory:
      "{call}() in the settings makes a directory without exist_ok: of two workers that start at once where it is missing, one stops with FileExistsError. Pass exist_ok=True, or make it when deploying.",
  },
  doc,

  check(context) {
    reportDirectory(context);
    const { file, report } = context;
    const origins = [...importedAs(file.ast).values()];
    const told = new Set<Effect>();
    const inFunctions = effectsOfFunctions(file.ast);
    for (const { call, callee } of moduleCalls(file.ast)) {
      const own = effectOf(callee, call, origins);
      const inside = own === undefined ? (inFunctions.get(callee) ?? effectElsewhere(context, callee)) : undefined;
      const effect = own ?? inside?.effect;
      if (effect === undefined || told.has(effect)) continue;
      if (effect === "lookup" && (!runsInProduction(context) || isForDevelopers(file, call))) continue;
      // What tests write, they write into a folder of their own.
      if (TEMPORARY.test(callee) && !runsInProduction(context)) continue;
      told.add(effect);
      const isCaught = isInTry(file.ast.body, call) || inside?.isCaught === true;
      report({
        message: effect,
        values: { call: callee, failing: isCaught ? "" : FAILING[effect] },
        at: siteOf(file.path, call),
        severity: isCaught || effect === "client" ? "hint" : "info",
      });
    }
  },
});

/** The first directory that is made without regard to another process that has just made it. */
function reportDirectory(context: RuleContext<Message>): void {
  const { file } = context;
  const call = madeDirectories(file.ast).find(
    (one) => !isInTry(file.ast.body, one) && !isForDevelopers(file, one) && makesDirectory(file.ast, one),
  );
  if (call === undefined || call.func.kind !== "Attribute" || !runsInProduction(context)) return;
  context.report({
    message: "directory",
    values: { call: dottedName(call.func) ?? call.func.attr },
    at: siteOf(file.path, call),
    severity: "hint",
  });
}

const madeDirectories = inStatements((statement) => {
  const found: Call[] = [];
  walk([statement], (node) => {
    if (node.kind === "FunctionDef" || node.kind === "Lambda") return false;
    const isMaking =
      node.kind === "Call" && node.func.kind === "Attribute" && /^(?:mkdir|makedirs)$/.test(node.func.attr);
    if (isMaking) found.push(node);
    return undefined;
  });
  return found;
});

/** `os.mkdir(path)`, which has no `exist_ok`, and `os.makedirs(path)` or `path.mkdir()` without it. */
function makesDirectory(ast: Module, { func, args, keywords }: Call): boolean {
  const callee = originOf(dottedName(func) ?? "", importedAs(ast));
  if (callee === "os.mkdir") return true;
  const isPath = func.kind === "Attribute" && func.attr === "mkdir";
  if (callee !== "os.makedirs" && !isPath) return false;
  // The third argument of both is `exist_ok`.
  return args.length < 3 && !keywords.some(({ name }) => name === "exist_ok" || name === undefined);
}

const TEMPORARY = /(?:^|\.)(?:mkstemp|mkdtemp|NamedTemporaryFile)$/;

const FAILING: Readonly<Record<Effect, string>> = {
  network: " and fails without it",
  program: ", which fail where the program is missing, as in most images",
  files: "",
  lookup: "",
  client: "",
};

/** What finds the address of a developer's container does no harm: below a condition, or a class of settings, of that name. */
function isForDevelopers({ ast, text }: RuleContext["file"], call: Call): boolean {
  return [...allStatements(ast.body, "everything")].some((one) => {
    if ((one.kind !== "If" && one.kind !== "ClassDef") || !contains(one, call)) return false;
    const said = one.kind === "If" ? text.slice(one.test.start, one.test.end) : one.name;
    return /debug|dev|local|test/i.test(said);
  });
}

/** Whether something is done where what it raises may be caught. */
function isInTry(body: readonly Stmt[], call: Call): boolean {
  return [...allStatements(body, "everything")].some(
    (one) => one.kind === "Try" && one.handlers.length > 0 && one.body.some((each) => contains(each, call)),
  );
}

/** What has an effect by its name, where the file imports it. */
const CALLS: readonly (readonly [RegExp, Effect])[] = [
  [/^(?:requests|httpx)\.(?:get|post|put|patch|delete|head|request)$/, "network"],
  [/^(?:urllib\.request|urllib|urllib2)\.(?:urlopen|urlretrieve)$|^socket\.create_connection$/, "network"],
  [/^(?:psycopg|psycopg2|MySQLdb|pymysql)\.connect$/, "network"],
  [
    /^subprocess\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput)$|^os\.(?:system|popen)$/,
    "program",
  ],
  [/^tempfile\.(?:mkstemp|mkdtemp|NamedTemporaryFile)$/, "files"],
  [/^socket\.(?:getfqdn|gethostbyname|gethostbyname_ex|gethostbyaddr|getaddrinfo)$/, "lookup"],
  [
    /^(?:stream_chat\.StreamChat|onesignal_sdk\.client\.\w*Client|twilio\.rest\.Client|slack_sdk\.WebClient|slack\.WebClient|openai\.OpenAI|anthropic\.Anthropic|pusher\.Pusher|razorpay\.Client|pymongo\.MongoClient|elasticsearch\.Elasticsearch|algoliasearch\.\S+Client)$/,
    "client",
  ],
];

function effectOf(callee: string, call: Call, origins: readonly string[]): Effect | undefined {
  if (callee === "open") return writes(call) ? "files" : undefined;
  const effect = CALLS.find(([pattern]) => pattern.test(callee))?.[1];
  const isImported = origins.some((origin) => callee === origin || callee.startsWith(`${origin}.`));
  return isImported ? effect : undefined;
}

/** `open(path, "w")`: a mode that is written, and writes. */
function writes({ args, keywords }: Call): boolean {
  const mode = args[1] ?? keywords.find(({ name }) => name === "mode")?.value;
  return mode?.kind === "Str" && /[wax+]/.test(mode.value);
}

interface InFunction {
  readonly effect: Effect;
  readonly isCaught: boolean;
}

const functions = inStatements((statement) => (statement.kind === "FunctionDef" ? [statement] : []));

/** The functions of a file that have an effect when they are called. */
function effectsOfFunctions(ast: Module): ReadonlyMap<string, InFunction> {
  const found = new Map<string, InFunction>();
  for (const statement of functions(ast)) {
    const imported = new Map([...importedAs(ast), ...importsIn(statement.body)]);
    const origins = [...imported.values()];
    walk(statement.body, (node) => {
      const name = node.kind === "Call" ? dottedName(node.func) : undefined;
      if (node.kind !== "Call" || name === undefined) return;
      const effect = effectOf(originOf(name, imported), node, origins);
      if (effect !== undefined) found.set(statement.name, { effect, isCaught: isInTry(statement.body, node) });
    });
  }
  return found;
}

/** The effect of a function that the settings import from another module of the project: `shop.keys.public_key`. */
function effectElsewhere({ snapshot, project, file }: RuleContext, callee: string): InFunction | undefined {
  const dot = callee.lastIndexOf(".");
  if (dot < 0) return undefined;
  const module = snapshot.host(project.importRoots).resolveModule(callee.slice(0, dot), file.path);
  const parsed = module.kind === "file" ? snapshot.parse(module.path) : undefined;
  return parsed?.ok === true ? effectsOfFunctions(parsed.module).get(callee.slice(dot + 1)) : undefined;
}
