import { walk } from "../../../lint/edit/walk";
import { dottedName } from "../../../syntax/dottedName";
import type { Binding } from "../../../python/program/evaluation";
import type { Call, Expr } from "../../../syntax/ast";

/** Functions whose result is another one each time. */
const RANDOM =
  /^(django\.core\.management\.utils\.get_random_secret_key|django\.utils\.crypto\.get_random_string|secrets\.\w+|random\.\w+|os\.urandom|uuid\.uuid[14]|cryptography\.fernet\.Fernet\.generate_key)$/;

/** Modules whose functions keep nothing: what they make of a random text is random. */
const HARMLESS = /^(builtins|os|string|base64|binascii|hashlib|environ|environs|decouple|math|time|datetime)\b/;

/**
 * Whether the expression of a binding makes a new random value each time that it is run: it calls a random function, and
 * nothing that could keep the result or bring an older one.
 */
export function isGenerated(binding: Binding, expression: Expr): boolean {
  let isRandom = false;
  let isKept = false;
  walk([expression], (node) => {
    if (node.kind === "Await") isKept = true;
    if (node.kind !== "Call") return;
    const callee = calleeOf(binding, node);
    if (callee === "method") return;
    if (callee !== undefined && RANDOM.test(callee)) isRandom = true;
    else if (callee === undefined || !HARMLESS.test(callee)) isKept = true;
  });
  return isRandom && !isKept;
}

/** The dotted name of what is called, as it was imported; `method` for a method of anything that is no module. */
function calleeOf(binding: Binding, call: Call): string | undefined {
  const dotted = dottedName(call.func);
  if (dotted === undefined) return call.func.kind === "Attribute" ? "method" : undefined;
  const [root = "", ...rest] = dotted.split(".");
  const read = binding.reads.find(({ name }) => name === root);
  if (read === undefined || read.value.kind === "unset") return ["builtins", dotted].join(".");
  if (read.value.kind === "external") return [read.value.name, ...rest].join(".");
  if (read.value.kind === "model") return [read.value.name, ...rest].join(".");
  return rest.length > 0 && read.value.kind === "str" ? "method" : undefined;
}
