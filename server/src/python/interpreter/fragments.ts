import { noteUnrepeatable } from "../values/recording";
import { bind } from "../program/slots";
import { standingAt } from "../../syntax/places";
import { INCLUDING_FILE } from "../program/openNames";
import type { FilePath } from "../../base/path";
import type { CallContext } from "../program/call";
import { finishModule } from "./imports";
import type { Frame } from "../program/machine";
import { executeBody } from "./moduleBody";
import { str } from "../values/value";

/**
 * Executes a file in the namespace of a module, as `exec()` and django-split-settings do: its code sees the module's
 * `__file__` and `__name__`. False where the file cannot be parsed.
 */
export function runFragment(call: CallContext, file: FilePath, scope: number): boolean {
  const { machine: m, state, frame, site } = call;
  noteUnrepeatable();
  const parsed = m.host.parse(file);
  if (!parsed.ok) {
    m.noteCause({ kind: "file", text: `${file.slice(file.lastIndexOf("/") + 1)}: ${parsed.reason}`, site });
    return false;
  }
  if (state.slot(scope, INCLUDING_FILE) === undefined) {
    const value = str(frame.file);
    state.setSlot(scope, INCLUDING_FILE, bind(value));
  }
  if (!m.files.includes(file)) m.files.push(file);
  m.imports.push({
    ...{ site, statement: standingAt(site.range, { kind: "Expr", value: call.node as never }), star: undefined },
    ...{ dotted: m.host.moduleName(file), result: "file", file, guarded: false },
  });
  const inner: Frame = { ...frame, file, module: m.host.moduleName(file), scopes: [scope], kind: "module" };
  finishModule(state, executeBody(m, state, inner, parsed.module.body));
  return true;
}
