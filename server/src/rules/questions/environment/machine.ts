import type { Value } from "../../../python/value";

/** The facts of the machine (`socket.gethostname()`, `sys.argv`) that a value was computed from, by dotted name. */
export function machineFacts(value: Value): ReadonlySet<string> {
  const facts = new Set<string>();
  collect(value, facts);
  return facts;
}

function collect(value: Value, facts: Set<string>): void {
  switch (value.kind) {
    case "external":
      facts.add(value.name);
      return;
    case "derived":
      for (const input of value.inputs) collect(input, facts);
      return;
    case "choice":
      for (const part of [value.test.value, value.yes, value.no]) collect(part, facts);
      return;
    default:
  }
}
