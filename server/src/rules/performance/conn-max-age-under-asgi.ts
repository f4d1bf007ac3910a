import { defineRule } from "../../lint/rule";
import { keptConnection } from "../questions/databases/databases";
import { keySite } from "../questions/dicts/dicts";
import doc from "./conn-max-age-under-asgi.md";

export const connMaxAgeUnderAsgi = defineRule({
  id: "conn-max-age-under-asgi",
  category: "performance",
  severity: "warning",
  audience: "hardened",
  django: { since: [4, 0] },
  messages: {
    kept: "CONN_MAX_AGE keeps connections open in {module}: under ASGI they are not used again and pile up until the database refuses more. Remove it, or use a pool.",
  },
  doc,

  check(context) {
    if (context.project.server !== "asgi") return;
    const proof = context.setting("DATABASES").mustBe((value) => keptConnection(context, value) !== undefined);
    const kept = proof && keptConnection(context, proof.value);
    if (proof === undefined || kept === undefined) return;
    context.report({ message: "kept", proof, at: keySite(context, kept.age ?? kept.entry) });
  },
});
