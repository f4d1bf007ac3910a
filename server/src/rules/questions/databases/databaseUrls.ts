import type { DatabaseUrlLibrary, EditBuilder } from "../../../lint/edit";
import type { WantedVariable } from "../../../lint/edit/claimedVariables";
import { environmentReads } from "../../../lint/environmentReads";
import type { RuleContext } from "../../../lint/rule";
import type { Entry, Site } from "../../../python/values/value";
import type { DictItem } from "../../../syntax/ast";
import { expressionAt } from "../dicts/dicts";

type Context = RuleContext;

const MODULES: readonly (readonly [DatabaseUrlLibrary, string])[] = [
  ["django-environ", "environ"],
  ["dj-database-url", "dj_database_url"],
];

/** The library with which the project can make a database of a URL: one that its settings import, else one it depends on. */
export function urlLibrary(context: Context): DatabaseUrlLibrary | undefined {
  const imported = MODULES.find(([, module]) => context.evaluation.imports.some(({ dotted }) => dotted === module));
  return (imported ?? MODULES.find(([library]) => context.hasPackage(library)))?.[0];
}

/** The variable that holds a database's URL by convention. */
export function urlVariable(alias: string): WantedVariable {
  const name = alias === "default" ? "DATABASE_URL" : `${alias}_DATABASE_URL`;
  return { path: ["DATABASES", alias], customary: [name] };
}

const IN_URLS = new Set(["NAME", "USER", "PASSWORD", "HOST", "PORT"]);
/** Engines that both libraries make of a URL's scheme; another one stays beside what the URL says. */
const ENGINES = /^django\.(?:contrib\.gis\.)?db\.backends\.(?:postgresql|postgresql_psycopg2|postgis|mysql|sqlite3)$/;

/**
 * Edits that put the URL of a variable in place of what an entry of DATABASES says of the connection, leaving its other
 * options as they are. `undefined` unless the entry is a dict display with plain keys, the one at `holding` among its values,
 * and when it reads a variable that deployment files set: nothing would read that any more.
 */
export function readFromUrl(
  context: Context,
  { value, valueSite }: Entry,
  holding: Site,
  source: { readonly library: DatabaseUrlLibrary; readonly alias: string },
): ((edit: EditBuilder) => void) | undefined {
  const display = expressionAt(context, valueSite);
  if (valueSite === undefined || holding.file !== valueSite.file || display?.kind !== "Dict") return undefined;
  if (!display.items.every(({ key }) => key?.kind === "Str")) return undefined;
  if (!display.items.some(({ value }) => value.start === holding.range.start)) return undefined;
  const isSet = (name: string): boolean => context.project.deployedVariables.some((one) => one.name === name);
  if (environmentReads(value).some(({ variable }) => isSet(variable))) return undefined;
  const { file } = valueSite;
  const replaced = display.items.filter(isInUrl);
  return (edit) => {
    const read = edit.readDatabase(file, edit.variable(urlVariable(source.alias)), source.library);
    if (replaced.length === display.items.length) return edit.replace(file, display, read);
    for (const item of replaced) edit.deleteElement(file, item);
    edit.insertElement(file, display, 0, `**${read}`);
  };
}

function isInUrl({ key, value }: DictItem): boolean {
  if (key?.kind !== "Str") return false;
  return IN_URLS.has(key.value) || (key.value === "ENGINE" && value.kind === "Str" && ENGINES.test(value.value));
}
