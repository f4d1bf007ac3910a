import type { FilePath } from "../../base/path";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { walk } from "../../lint/edit/walk";
import { environmentReads } from "../../lint/environmentReads";
import type { Call, Expr, Stmt } from "../../syntax/ast";
import { dottedName } from "../../syntax/dottedName";
import { replaceFix } from "../questions/fixes/settingFixes";
import { isDeployed } from "../questions/environment/environment";
import { isSkipped } from "../questions/modules/branches";
import { importedAs, moduleCalls, originOf } from "../questions/modules/moduleLevel";
import doc from "./sentry-full-sampling.md";

type Context = ContextOf<typeof sentryFullSampling>;

const RATES = ["traces_sample_rate", "profiles_sample_rate", "profile_session_sample_rate"];

export const sentryFullSampling = defineRule({
  id: "sentry-full-sampling",
  category: "third-party",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  messages: {
    all: "sentry_sdk.init() sets {option} to 1.0 in {module}, which runs in {environment}: every request is recorded, which costs time and the quota of the plan. Use a smaller rate, for instance 0.1.",
    byDefault:
      "{option} is 1.0 by default in {module}: sentry_sdk.init() records every request while {variable} is not set, which costs time and the quota of the plan. Use a smaller default, for instance 0.1.",
  },
  fixes: { less: { safety: "unsafe", title: "Set {option} to 0.1" } },
  doc,

  check(context) {
    for (const file of context.evaluation.files) {
      const ast = context.source(file)?.ast;
      for (const { call, callee } of ast === undefined ? [] : moduleCalls(ast)) {
        if (isSkipped(context, file, call)) continue;
        if (callee === INIT) report(context, file, call);
        else for (const inner of startsIn(context, callee, file)) report(context, inner.file, inner.call);
      }
    }
  },
});

const INIT = "sentry_sdk.init";

interface Start {
  readonly file: FilePath;
  readonly call: Call;
}

/** Where a function of the project that settings call starts Sentry; of the file that calls it, or of another that settings import. */
function startsIn({ evaluation, source }: Context, callee: string, caller: FilePath): readonly Start[] {
  const name = callee.slice(callee.lastIndexOf(".") + 1);
  const home = callee.slice(0, -name.length - 1).replaceAll(".", "/");
  const files = home === "" ? [caller] : evaluation.files.filter((file) => /\.py$/.test(file) && isModule(file, home));
  return files.flatMap((file) => {
    const ast = source(file)?.ast;
    const found = ast?.body.find((one) => one.kind === "FunctionDef" && one.name === name);
    if (ast === undefined || found?.kind !== "FunctionDef") return [];
    const imported = new Map([...importedAs(ast), ...importedAs({ ...ast, body: found.body })]);
    return callsIn(found.body)
      .filter(({ func }) => originOf(dottedName(func) ?? "", imported) === INIT)
      .map((call) => ({ file, call }));
  });
}

function isModule(file: FilePath, home: string): boolean {
  return file.endsWith(`/${home}.py`) || file.endsWith(`/${home}/__init__.py`);
}

function callsIn(body: readonly Stmt[]): readonly Call[] {
  const found: Call[] = [];
  walk(body, (node) => {
    if (node.kind === "Call") found.push(node);
    return node.kind !== "FunctionDef" && node.kind !== "Lambda" ? undefined : false;
  });
  return found;
}

function report(context: Context, file: FilePath, { keywords }: Call): void {
  // Sampling is up to a function then.
  if (keywords.some(({ name }) => name === undefined || name === "traces_sampler")) return;
  for (const { name, value } of keywords) {
    if (name === undefined || !RATES.includes(name)) continue;
    const computed = context.evaluation.recompute(numberIn(value), file);
    const read = environmentReads(computed).find(({ variable }) => !isDeployed(context, variable));
    if (!isOne(computed) && (read === undefined || !isOne(withoutVariables(computed)))) continue;
    const isLiteral = value.kind === "Float" || value.kind === "Int";
    const site = siteOf(file, value);
    context.report({
      message: read === undefined ? "all" : "byDefault",
      severity: read === undefined ? undefined : "hint",
      values: { option: name, variable: read?.variable ?? "" },
      at: site,
      fixes: [isLiteral ? replaceFix("less", site, "0.1") : undefined],
    });
  }
}

/** The number that is handed to `Decimal`, which the evaluator does not compute; of anything else itself. */
function numberIn(value: Expr): Expr {
  if (value.kind !== "Call" || !/^(?:decimal\.)?Decimal$/.test(dottedName(value.func) ?? "")) return value;
  return value.args[0] ?? value;
}

/** What a value is while no variable is set. */
function withoutVariables(value: Value): Value {
  if (value.kind === "environment") return value.fallback ?? value;
  if (value.kind !== "derived") return value;
  const inputs = value.inputs.map(withoutVariables);
  return inputs.some(({ kind }) => kind === "environment" || kind === "derived" || kind === "choice")
    ? value
    : value.compute(inputs);
}

function isOne(value: Value): boolean {
  if (value.kind === "str") return /^1(?:\.0*)?$/.test(value.value);
  return (value.kind === "float" || value.kind === "int") && Number(value.value) === 1;
}
