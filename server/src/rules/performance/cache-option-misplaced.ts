import { defineRule } from "../../lint/rule";
import { cacheEntries, misplacedKeys } from "../questions/caches/cacheEntries";
import doc from "./cache-option-misplaced.md";

export const cacheOptionMisplaced = defineRule({
  id: "cache-option-misplaced",
  category: "performance",
  severity: "warning",
  audience: "entry",
  messages: {
    above: 'CACHES["{alias}"]: {key} is ignored here. Move it into OPTIONS.',
    inside: 'CACHES["{alias}"]["OPTIONS"]: {key} is no option of the backend. Move it out of OPTIONS.',
  },
  doc,

  check(context) {
    for (const proof of context.setting("CACHES").proofs()) {
      if (proof.origin === undefined) continue;
      for (const cache of cacheEntries(proof.value)) {
        for (const { message, key, site } of misplacedKeys(context, cache))
          context.report({ message, values: { alias: cache.alias, key }, proof, at: site });
      }
    }
  },
});
