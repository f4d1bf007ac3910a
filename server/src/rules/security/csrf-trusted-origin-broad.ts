import { defineRule } from "../../lint/rule";
import type { JudgedPart } from "../../lint/setting";
import type { Item, Value } from "../../python/values/value";
import { sharedDomain } from "../questions/hosts/sharedDomains";
import { knownEntries } from "../questions/lists/entries";
import doc from "./csrf-trusted-origin-broad.md";

export const csrfTrustedOriginBroad = defineRule({
  id: "csrf-trusted-origin-broad",
  category: "security",
  severity: "warning",
  audience: "production",
  aboutRequests: true,
  django: { since: [4, 0] },
  messages: {
    shared:
      'CSRF_TRUSTED_ORIGINS has "{origin}": anybody can have a site below {suffix}, and its forms pass the CSRF check of {module}, which runs in {environment}. List your own origins.',
    nothing:
      'CSRF_TRUSTED_ORIGINS has "{origin}", which matches no origin: forms from other origins get 403 Forbidden. List the origins.',
  },
  doc,

  check(context) {
    for (const { part, proof } of context.setting("CSRF_TRUSTED_ORIGINS").judgeParts(broadOrigins)) {
      const { key: origin, suffix, item } = part;
      const message = suffix === undefined ? "nothing" : "shared";
      context.report({ message, values: { origin, suffix: suffix ?? "" }, proof, at: item.site });
    }
  },
});

interface BroadOrigin extends JudgedPart {
  readonly item: Item;
  /** The domain below which anybody may have a site; `undefined` of an origin that is a star alone. */
  readonly suffix: string | undefined;
}

function broadOrigins(value: Value): readonly BroadOrigin[] {
  return knownEntries(value).flatMap(({ text, item }) => {
    const host = /^https?:\/\/(.*)$/.exec(text)?.[1] ?? "";
    const suffix = sharedDomain(host);
    return suffix === undefined && host !== "*" ? [] : [{ key: text, item, suffix }];
  });
}
