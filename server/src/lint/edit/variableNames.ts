import { joinPath } from "../../base/path";
import type { DjangoProject } from "../../project/model";
import type { SetVariable } from "../../project/environmentNames";
import type { ClaimedVariables, WantedVariable } from "./claimedVariables";
import { heldIn } from "./dotEnv";
import type { EditHost } from "./editHost";
import { mentionsOf, wordsOfMentions, type SettingPath } from "./variableMentions";

/** Where names are looked for, and how the project writes them. */
export interface NamingScope {
  readonly host: EditHost;
  readonly project: DjangoProject;
  /** What the project's variables begin with. */
  readonly prefix: string;
  /** The dotted name of the module that the fix is for. */
  readonly module: string;
  readonly claimed: ClaimedVariables;
}

/**
 * The best name that stands for nothing else in the project: none that its code reads for something else, that `.env` or a
 * deployment file sets to another text, or that another fix of the same run brings for another value.
 */
export function chooseVariable(scope: NamingScope, wanted: WantedVariable): string {
  const customary = (wanted.customary ?? []).map(identifier);
  const candidates = [...customary, ...derivedNames(scope, wanted)];
  const last = candidates.at(-1) ?? "";
  let name = candidates.find((each) => isFree(scope, each, wanted, customary.includes(each)));
  for (let number = 2; name === undefined; number++) {
    const numbered = `${last}_${number}`;
    if (isFree(scope, numbered, wanted, false)) name = numbered;
  }
  scope.claimed.claim(scope.project.root, name, wanted);
  return name;
}

/** From the shortest to the longest: without what says little, of the whole path, with the module's name. */
function derivedNames(
  { prefix, module, project }: NamingScope,
  { path, short, value }: WantedVariable,
): readonly string[] {
  const isUrl = value !== undefined && /^[a-z][a-z0-9+.-]*:\/\//i.test(value);
  const words = path.map((word, index) => (isUrl && index > 0 && word === "LOCATION" ? "URL" : word));
  const isTelling = (word: string, index: number): boolean =>
    index === 0 || !(/^\d+$/.test(word) ? index < words.length - 1 : /^(?:default|OPTIONS)$/.test(word));
  const telling = words.filter(isTelling);
  const last = module.slice(module.lastIndexOf(".") + 1);
  const names = [
    ...(short === undefined ? [] : [[prefix + short]]),
    [prefix + (telling[0] ?? ""), ...telling.slice(1)],
    [prefix + (words[0] ?? ""), ...words.slice(1)],
    ...(project.modules.length > 1 ? [[last, ...words]] : []),
    ["DJANGO", ...words],
  ];
  return names.map((each) => identifier(each.join("_")));
}

/** A name that shells and all readers of `.env` files take. */
function identifier(text: string): string {
  const name = text
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^_+|(?<!_)_+$/g, "");
  return /^[A-Z]/.test(name) ? name : `DJANGO_${name}`;
}

function isFree(scope: NamingScope, name: string, wanted: WantedVariable, isCustomary: boolean): boolean {
  const { host, project, claimed } = scope;
  const dotEnv = joinPath(project.root, ".env");
  const isRead = isReadForOther(host, name, wanted.path);
  const setters = host.names.settersOf(name).filter(({ file }) => file !== dotEnv);
  const isWritten = host.names.isWrittenElsewhere(name);
  const held = heldIn(host, dotEnv, name, wanted.value);
  // Nothing is decided before everything has been asked for, so that one round loads it all.
  if (isRead || !claimed.allows(project.root, name, wanted)) return false;
  // An unknown value cannot be lost, so a variable that is already set is the right one.
  if (wanted.value === undefined) return true;
  if (held === "otherwise" || setters.some((each) => mayDiffer(each, wanted.value))) return false;
  // The setting's own name means the setting wherever it is written; any other name may mean anything.
  const isOwn = wanted.path.length === 1 && !isCustomary;
  return isOwn || held === "so" || !isWritten;
}

/** Whether a variable is set to another text; `${SECRET_KEY}` in a deployment file gives on what it is meant for. */
function mayDiffer({ value, isInEnvFile }: SetVariable, wanted: string | undefined): boolean {
  return value === undefined ? isInEnvFile : value !== wanted;
}

/** Whether the project's code uses a variable for something else than the same place of the same setting. */
function isReadForOther(host: EditHost, name: string, path: SettingPath): boolean {
  const own = path.join("\0");
  return host.names
    .modulesWith(wordsOfMentions(name))
    .flatMap((module) => mentionsOf(module, name))
    .some((mention) => mention?.join("\0") !== own);
}
