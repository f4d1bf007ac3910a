import { isTruthy } from "../../../lint/effective";
import type { RuleContext } from "../../../lint/rule";
import { findInCode, type CodeQuestion } from "../../../project/codeIndex";
import type { Value } from "../../../python/values/value";
import type { Expr, Stmt } from "../../../syntax/ast";
import { allStatements, boundNames } from "../../../syntax/statements";
import { changedName } from "../assignments/statements";
import { textOf } from "../dicts/dicts";
import type { Asks } from "../lists/entries";

/** What the question needs of a rule's context: also asked of another entry module. */
export type AsksOfProject = Asks & Pick<RuleContext, "snapshot" | "project">;

/** Settings that give some requests another URLconf than ROOT_URLCONF: django-hosts, django-tenants, django-subdomains. */
const OTHER_URLCONFS = ["ROOT_HOSTCONF", "PUBLIC_SCHEMA_URLCONF", "SUBDOMAIN_URLCONFS"];

const LANGUAGE_OF_REQUEST: CodeQuestion = {
  id: "use of the request's language",
  files: /\.(?:py|html|txt|xml)$/,
  pattern: /\brequest\.LANGUAGE_CODE\b|\bget_language_from_request\b/,
};

/**
 * Whether every request certainly gets the same language with LocaleMiddleware as without it: translations are on, LANGUAGES
 * has none but LANGUAGE_CODE, and no address begins with a language (django/middleware/locale.py of 5.2). Code that reads
 * the language from the request is looked for, but some may be missed.
 */
export function hasOneLanguage(context: AsksOfProject): boolean {
  const { setting } = context;
  if (setting("USE_I18N").mustBe(isTruthy) === undefined) return false;
  const code = setting("LANGUAGE_CODE").mustBe((value) => textOf(value) !== undefined);
  const only = textOf(code?.value);
  if (only === undefined || setting("LANGUAGE_CODE").mustBe((value) => textOf(value) === only) === undefined)
    return false;
  if (setting("LANGUAGES").mustBe((value) => codesOf(value)?.every((one) => isSame(one, only)) === true) === undefined)
    return false;
  if (!OTHER_URLCONFS.every((name) => setting(name).isUnset) || !hasPlainUrls(context)) return false;
  return findInCode(context.snapshot, context.project.root, LANGUAGE_OF_REQUEST) === undefined;
}

/** Django has one translation for `en` and `en-us`, where nothing else is called like the longer one. */
function isSame(listed: string, usual: string): boolean {
  return listed === usual || (listed === "en" && usual === "en-us");
}

/** The codes of LANGUAGES: `[("de", "Deutsch")]`. */
function codesOf(value: Value): readonly string[] | undefined {
  const codes = itemsOf(value)?.map((language) => textOf(itemsOf(language)?.[0]));
  return codes === undefined || codes.includes(undefined) ? undefined : codes.filter((code) => code !== undefined);
}

function itemsOf(value: Value): readonly Value[] | undefined {
  if (value.kind !== "list" && value.kind !== "tuple") return undefined;
  return value.items.some(({ spread }) => spread) ? undefined : value.items.map((item) => item.value);
}

/** Whether ROOT_URLCONF spells its patterns out and has no `i18n_patterns`, which Django allows in no other URLconf. */
function hasPlainUrls({ setting, snapshot, project }: AsksOfProject): boolean {
  const name = textOf(setting("ROOT_URLCONF").mustBe((value) => textOf(value) !== undefined)?.value);
  if (name === undefined || setting("ROOT_URLCONF").mustBe((value) => textOf(value) === name) === undefined)
    return false;
  const host = snapshot.host(project.importRoots);
  const found = host.resolveModule(name, project.root);
  const parsed = found.kind === "file" ? host.parse(found.path) : undefined;
  if (parsed?.ok !== true || /i18n_patterns|LocalePrefixPattern/.test(parsed.text)) return false;
  const statements = [...allStatements(parsed.module.body, "branches")];
  const bindings = statements.filter(
    (one) => boundNames(one).includes("urlpatterns") || changedName(one) === "urlpatterns",
  );
  return bindings.length > 0 && bindings[0]?.kind !== "AugAssign" && bindings.every(isSpeltOut);
}

function isSpeltOut(binding: Stmt): boolean {
  switch (binding.kind) {
    case "Assign":
    case "AugAssign":
      return isPlain(binding.value);
    case "AnnAssign":
      return binding.value !== undefined && isPlain(binding.value);
    case "Expr":
      return isPlainAddition(binding.value);
    default:
      return false;
  }
}

/** `urlpatterns.append(path(...))`, `urlpatterns.extend(static(...))`. */
function isPlainAddition(value: Expr): boolean {
  const [added, second] = value.kind === "Call" ? value.args : [];
  if (value.kind !== "Call" || value.func.kind !== "Attribute" || added === undefined || second !== undefined)
    return false;
  return value.func.attr === "append" ? added.kind === "Call" : value.func.attr === "extend" && isPlain(added);
}

/** A display of calls, what `static()` gives, a router's `urls`, and sums of these. */
function isPlain(value: Expr): boolean {
  if (value.kind === "BinOp") return isPlain(value.left) && isPlain(value.right);
  if (value.kind === "List" || value.kind === "Tuple") return value.elts.every((one) => one.kind === "Call");
  if (value.kind === "Attribute") return value.attr === "urls";
  return value.kind === "Call" && value.func.kind === "Name" && /^static(?:files_urlpatterns)?$/.test(value.func.id);
}
