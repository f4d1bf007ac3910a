import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { connectionOf, outlivesRequest, serverName } from "../questions/databases/databases";
import { armsOf, entryAt, keySite, textOf, valueAt } from "../questions/dicts/dicts";
import doc from "./conn-max-age-under-asgi.md";

export const connMaxAgeUnderAsgi = defineRule({
  id: "conn-max-age-under-asgi",
  category: "performance",
  severity: "warning",
  audience: "hardened",
  django: { since: [4, 0] },
  messages: {
    kept: "CONN_MAX_AGE keeps connections open in {module}, which runs under ASGI: they are not used again and pile up until the database refuses more. Remove it, or use a pool.",
  },
  doc,

  check(context) {
    if (context.project.server !== "asgi") return;
    const kept = (databases: Value) => {
      const entry = entryAt(databases, "default");
      const connections = armsOf(entry?.value).map((arm) => connectionOf(context, arm));
      const areKept =
        connections.length > 0 && connections.every((one) => outlivesRequest(one && valueAt(one, "CONN_MAX_AGE")));
      const isServer = serverName(textOf(valueAt(connections[0], "ENGINE"))) !== undefined;
      return areKept && isServer ? { entry, age: entryAt(connections[0], "CONN_MAX_AGE") } : undefined;
    };
    const proof = context.setting("DATABASES").mustBe((value) => kept(value) !== undefined);
    const found = proof && kept(proof.value);
    if (proof === undefined || found?.entry === undefined) return;
    const written = found.age?.valueSite === undefined ? found.entry : found.age;
    context.report({ message: "kept", proof, at: keySite(context, written) });
  },
});
