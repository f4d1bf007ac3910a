import { siteOf, type RuleContext } from "../../../lint/rule";
import { findInCode } from "../../../project/codeIndex";
import type { Site, Value } from "../../../python/values/value";
import { dottedName } from "../../../syntax/dottedName";
import { textOf } from "../dicts/dicts";
import { importedAs, moduleCalls, originOf } from "../modules/moduleLevel";
import { certainlyImported, certainStatements } from "../splits/certainImports";

/** Calls that give loggers handlers without Django's LOGGING: the standard library's, and those of packages that replace it. */
const SETS_UP =
  /^logging\.(?:basicConfig|config\.(?:dictConfig|fileConfig))$|\.addHandler$|^structlog\.configure$|^(?:loguru|logzero|coloredlogs)\./;

const IN_CODE = {
  id: "logging is set up",
  // Scripts and commands set it up for themselves.
  files: /(?:^|\/)(?:wsgi|asgi|apps|celery|log\w*|__init__)\.py$/,
  pattern: /\blogging\.basicConfig\(|\b(?:dictConfig|fileConfig)\(|\.addHandler\(|\bstructlog\.configure\(/,
};

/** Whether LOGGING certainly goes to `logging.config.dictConfig`: a function of somebody else may take anything, and add to it. */
export function readsAsDictConfig({ setting }: RuleContext): boolean {
  return setting("LOGGING_CONFIG").certainly((value) => textOf(value) === "logging.config.dictConfig");
}

/** Whether settings, or code that servers load with them, set up logging by themselves. */
export function setsUpLogging({ evaluation, source, snapshot, project }: RuleContext): boolean {
  const isInSettings = evaluation.files.some((file) => {
    const ast = source(file)?.ast;
    return ast !== undefined && moduleCalls(ast).some(({ callee }) => SETS_UP.test(callee));
  });
  return isInSettings || findInCode(snapshot, project.root, IN_CODE) !== undefined;
}

/**
 * Where `logging.basicConfig()` certainly sets the root logger to DEBUG whenever the module is imported. LOGGING comes later, and
 * sets the level again if it has a root logger.
 */
export function basicDebugLevel(context: RuleContext): Site | undefined {
  for (const file of certainlyImported(context)) {
    const ast = context.source(file)?.ast;
    if (ast === undefined) continue;
    const imported = importedAs(ast);
    for (const statement of certainStatements(ast)) {
      const call = statement.kind === "Expr" && statement.value.kind === "Call" ? statement.value : undefined;
      const callee = call && originOf(dottedName(call.func) ?? "", imported);
      const level =
        callee === "logging.basicConfig" ? call?.keywords.find(({ name }) => name === "level")?.value : undefined;
      if (level !== undefined && isDebug(context.evaluation.recompute(level, file))) return siteOf(file, level);
    }
  }
  return undefined;
}

function isDebug(level: Value): boolean {
  return level.kind === "int" ? level.value === 10n : level.kind === "str" && level.value === "DEBUG";
}
