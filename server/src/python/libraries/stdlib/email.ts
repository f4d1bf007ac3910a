import { table } from "../../../base/table";
import type { CallContext, KnownCall } from "../../program/call";
import { pure } from "../../program/pure";
import { list, str, tuple, unknown, type Value } from "../../values/value";

/** Addresses of mail as ADMINS and MANAGERS are read from a variable (Python docs, "email.utils"). */
export const MAIL_ADDRESS_CALLS: Readonly<Record<string, KnownCall>> = table({
  "email.utils.parseaddr": (call) => ofOneArgument(call, "parseaddr", parseaddr, undefined),
  "email.utils.getaddresses": (call) => ofOneArgument(call, "getaddresses", getaddresses, "list"),
});

function ofOneArgument(
  call: CallContext,
  name: string,
  compute: (given: Value) => Value,
  result: "list" | undefined,
): Value | undefined {
  const [given, ...rest] = call.args.positional;
  if (given === undefined || rest.length > 0 || call.args.keywords.size > 0 || call.args.open) return undefined;
  return pure(call.machine, call.state, name, [given], ([value]) => compute(value as Value), {
    site: call.site,
    ...(result === undefined ? {} : { result }),
  });
}

const NOT_MODELLED = (): Value => unknown("unsupported", "a mail address of this form");

/** `shop@example.com`, `Name of Shop <shop@example.com>` or `"Shop, Ltd." <shop@example.com>`; all other forms are left to Python. */
const ADDRESS = /^ *(?:(?:"([^"\\]*)"|([\w.'-]+(?: [\w.'-]+)*)) ?<([\w.+-]+@[\w.-]+)>|([\w.+-]+@[\w.-]+)) *$/;
/** Longer texts are no list of a few people. */
const MAX_TEXT = 2000;

function addressOf(text: string): Value | undefined {
  const [, quoted, name, inBrackets, alone] = (text.length > MAX_TEXT ? null : ADDRESS.exec(text)) ?? [];
  const address = inBrackets ?? alone;
  return address === undefined ? undefined : tuple([str(quoted ?? name ?? ""), str(address)]);
}

function parseaddr(given: Value): Value {
  return (given.kind === "str" ? addressOf(given.value) : undefined) ?? NOT_MODELLED();
}

function getaddresses(given: Value): Value {
  if (given.kind !== "list" && given.kind !== "tuple") return NOT_MODELLED();
  const addresses: Value[] = [];
  for (const { value, spread } of given.items) {
    if (spread || value.kind !== "str" || value.value.length > MAX_TEXT) return NOT_MODELLED();
    for (const part of commaSeparated(value.value)) {
      const address = addressOf(part);
      if (address === undefined) return NOT_MODELLED();
      addresses.push(address);
    }
  }
  return list(addresses);
}

/** The parts of a text between commas that no quotes enclose. */
function commaSeparated(text: string): readonly string[] {
  const parts = [""];
  let isQuoted = false;
  for (const char of text) {
    if (char === '"') isQuoted = !isQuoted;
    if (char === "," && !isQuoted) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts;
}
