import { table } from "../../../base/table";
import type { CallContext, KnownCall, Model } from "../../program/call";
import { runFragment } from "../../interpreter/fragments";
import { fileBehind } from "../../interpreter/sourceText";
import { NONE, type Value } from "../../values/value";
import { scopeBehind } from "../../program/call";
import { mayReplaceAll } from "./namespaceObjects";

/** Compiled code of a file of the workspace. */
const CODE = "compile()";

/** `exec(code)` runs in the module's namespace, `exec(code, names)` in one that is handed over. */
const execute: KnownCall = (call) => {
  const { machine: m, state, frame, args } = call;
  const [code, names] = args.positional;
  if (code === undefined || args.open) return undefined;
  const scope = names === undefined || names.kind === "none" ? frame.scopes.at(-1) : scopeBehind(names);
  if (scope === undefined) return undefined;
  // Names that code in a function or class binds stay in there.
  if (names === undefined && frame.kind !== "module") return undefined;
  return m.perAlternative(state, code, (inner, leaf) => {
    const target = { ...call, state: inner };
    const file = codeFile(leaf);
    if (file === undefined || !runFragment(target, file, scope)) mayReplaceAll(target, scope);
    return NONE;
  });
};

function codeFile(code: Value): string | undefined {
  if (code.kind !== "model" || code.name !== CODE) return fileBehind(code);
  return (code.model as Model & { readonly file: string }).file;
}

/** `compile(text, path, "exec")`. */
const compile: KnownCall = (call: CallContext) => {
  const [source, , mode] = call.args.positional;
  const kind = mode ?? call.args.keywords.get("mode");
  if (source === undefined || kind?.kind !== "str" || kind.value !== "exec") return undefined;
  return call.machine.distribute(call.state, [source], ([leaf]) => {
    const file = fileBehind(leaf as Value);
    if (file === undefined) return { kind: "external", name: "compile()", site: call.site };
    const model: Model & { readonly file: string } = { file, key: file, isTrue: true };
    return { kind: "model", name: CODE, model };
  });
};

export const EXECUTION_CALLS: Readonly<Record<string, KnownCall>> = table({
  "builtins.exec": execute,
  "builtins.compile": compile,
});
