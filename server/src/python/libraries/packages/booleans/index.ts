import { table } from "../../../../base/table";
import type { CallContext } from "../../../program/call";
import { pure } from "../../../program/pure";
import { PythonRaise } from "../../../values/raise";
import { certaintyOf } from "../../../values/symbolic";
import { int, unknown, type Value } from "../../../values/value";
import type { Library } from "../../library";
import { isBooleanReader } from "../../variables";

const YES = new Set(["y", "yes", "t", "true", "on", "1"]);
const NO = new Set(["n", "no", "f", "false", "off", "0"]);

/** `distutils.util.strtobool(val)` (CPython 3.11, Lib/distutils/util.py): a number, or ValueError. */
function strtobool(text: Value): Value {
  if (text.kind !== "str") throw new PythonRaise("AttributeError");
  const word = text.value.toLowerCase();
  if (!YES.has(word) && !NO.has(word)) throw new PythonRaise("ValueError");
  return int(YES.has(word) ? 1 : 0);
}

/** A text of the environment that some package's function reads as a boolean: which texts it takes is not known. */
function readByName(name: string, call: CallContext): Value | undefined {
  const [text, ...others] = call.args.positional;
  if (text === undefined || others.length > 0 || call.args.keywords.size > 0 || call.args.open) return undefined;
  const { machine: m, state, site } = call;
  if (!isBooleanReader(name) || certaintyOf(m.freeze(state, text)) !== "symbolic") return undefined;
  m.raising.noteMayRaise(state, site);
  return pure(m, state, `${name}()`, [text], () => unknown("call", `result of ${name}()`, site), { site });
}

/** Functions that read a text as a boolean, of Python up to 3.11 and of packages. */
export const booleans: Library = {
  calls: table({
    "distutils.util.strtobool": (call) => {
      const [text, ...others] = call.args.positional;
      if (text === undefined || others.length > 0 || call.args.keywords.size > 0) return undefined;
      return pure(call.machine, call.state, "distutils strtobool", [text], ([given]) => strtobool(given as Value), {
        site: call.site,
      });
    },
  }),
  callByPattern: readByName,
};
