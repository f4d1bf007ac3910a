import type { CallContext } from "../../program/call";
import type { Value } from "../../values/value";
import type { Library } from "../library";
import { BUILTIN_CALLS } from "./builtins";
import { containerMethod } from "./containers";
import { EXECUTION_CALLS } from "./execution";
import { NAMESPACE_CALLS } from "./namespaces";
import { REFLECTION_CALLS } from "./reflection";
import { stringMethod } from "./strings";
import { TYPE_CALLS } from "./types";

/** `str.lower(text)`: a method that is taken from its class and called with the object. */
function unboundMethod(name: string, call: CallContext): Value | undefined {
  const method = /^builtins\.(?:str|list|dict|set)\.([a-z]+)$/.exec(name)?.[1];
  const [self, ...positional] = call.args.positional;
  if (method === undefined || self === undefined) return undefined;
  return call.machine.callMethod(self, method, { ...call, args: { ...call.args, positional } });
}

/** Python's built-in functions and types (https://docs.python.org/3/library/functions.html). */
export const builtins: Library = {
  calls: { ...BUILTIN_CALLS, ...NAMESPACE_CALLS, ...REFLECTION_CALLS, ...TYPE_CALLS, ...EXECUTION_CALLS },
  callByPattern: unboundMethod,
  method: (receiver, name, call) => stringMethod(receiver, name, call) ?? containerMethod(receiver, name, call),
};
