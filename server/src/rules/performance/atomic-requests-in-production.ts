import { isTruthy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { entryAt, keySite } from "../questions/dicts/dicts";
import doc from "./atomic-requests-in-production.md";

export const atomicRequestsInProduction = defineRule({
  id: "atomic-requests-in-production",
  category: "performance",
  severity: "hint",
  audience: "hardened",
  aboutRequests: true,
  onByDefault: false,
  messages: {
    all: 'DATABASES["default"] has ATOMIC_REQUESTS on in {module}, which runs in {environment}: every view holds a transaction open, also while it waits for other services, and asynchronous views raise. Use transaction.atomic() where it is needed.',
  },
  doc,

  check(context) {
    const isOn = (value: Value): boolean => {
      const entry = entryAt(value, "default", "ATOMIC_REQUESTS");
      return entry !== undefined && isTruthy(entry.value);
    };
    const proof = context.setting("DATABASES").judge(isOn);
    const entry = entryAt(proof?.value, "default", "ATOMIC_REQUESTS");
    if (proof !== undefined && entry !== undefined)
      context.report({ message: "all", proof, at: keySite(context, entry) });
  },
});
