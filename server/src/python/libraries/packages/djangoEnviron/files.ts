import { normalizePath } from "../../../../base/path";
import { argument, type CallContext } from "../../../program/call";
import { fileBehind, fromFile } from "../../../interpreter/sourceText";
import { placedVariable } from "../../../values/dataPlaces";
import { NONE, str, type StrValue, type Value } from "../../../values/value";
import { callingFolder, forgetCandidates, forgetRelative } from "../dotenv/dotenv";
import { parseEnvironFile } from "../dotenv/text";
import { fileText, restOfFile } from "../../stdlib/files";
import { isOff, setDefaultVariable } from "../../variables";

/**
 * `Env.read_env(env_file, overwrite, parse_comments, encoding, **overrides)` of django-environ 0.14: puts the variables
 * of a file of the workspace into the environment, by default of the `.env` next to the calling module.
 */
export function readEnvironFile(call: CallContext): Value | undefined {
  const { args, machine: m, state } = call;
  if (args.open) return undefined;
  const beside: Value = str(`${callingFolder(call)}/.env`);
  const given = argument(args, 0, "env_file") ?? NONE;
  m.perAlternative(state, given, (inner, leaf) => {
    readInto(leaf.kind === "none" ? beside : leaf, leaf.kind === "none", { ...call, state: inner });
    return leaf;
  });
  return NONE;
}

const PARAMETERS = new Set(["env_file", "overwrite", "parse_comments", "encoding"]);

function readInto(file: Value, isSearched: boolean, call: CallContext): void {
  const text = textOf(file, call);
  // Without a path, a file that is not there ends the call before the keyword arguments are looked at; else as well.
  if (text === undefined) {
    const isRelative = (file.kind === "str" || file.kind === "path") && !file.value.startsWith("/");
    if (isRelative) forgetRelative(file.value, "", call);
    else if (!isSearched) forgetCandidates(file, call);
    return;
  }
  const entries = new Map<string, Value>();
  for (const [name, value] of call.args.keywords) if (!PARAMETERS.has(name)) entries.set(name, value);
  const withComments = !isOff(argument(call.args, 2, "parse_comments"));
  for (const [name, value] of parseEnvironFile(text.value, withComments))
    entries.set(name, placedVariable(value, name, fileBehind(text)));
  const isOverwriting = !isOff(argument(call.args, 1, "overwrite"));
  for (const [name, value] of entries) {
    if (isOverwriting) call.state.environ.set(name, value);
    else setDefaultVariable(name, value, call);
  }
}

function textOf(file: Value, call: CallContext): StrValue | undefined {
  const rest = restOfFile(file, call);
  if (rest !== undefined) return rest.kind === "str" ? rest : undefined;
  if (file.kind !== "str" && file.kind !== "path") return undefined;
  const found = fileText(file.value, call);
  return found.kind === "text" ? fromFile(str(found.text), normalizePath(file.value)) : undefined;
}
