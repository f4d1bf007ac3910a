import type { Value } from "../../../python/values/value";

/** The facts of the machine (`socket.gethostname()`, `sys.argv`) that a value was computed from, by dotted name. */
export function machineFacts(value: Value): ReadonlySet<string> {
  const facts = new Set<string>();
  const seen = new Set<Value>();
  // Values share parts: each is looked at once.
  const collect = (part: Value): void => {
    if (seen.has(part)) return;
    seen.add(part);
    if (part.kind === "external") facts.add(part.name);
    else if (part.kind === "derived") part.inputs.forEach(collect);
    else if (part.kind === "choice") [part.test.value, part.yes, part.no].forEach(collect);
  };
  collect(value);
  return facts;
}
