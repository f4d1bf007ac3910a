import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { serverName } from "../questions/databases/databases";
import { entryAt, entryOf, keySite, textOf, valueAt } from "../questions/dicts/dicts";
import doc from "./database-on-app-host.md";

export const databaseOnAppHost = defineRule({
  id: "database-on-app-host",
  category: "performance",
  severity: "hint",
  audience: "hardened",
  onByDefault: false,
  messages: {
    same: 'DATABASES["default"] is on the machine of {module}, which runs in {environment}: the site and {server} compete for its memory and disk, and a second application server cannot be added. Move the database to a server of its own.',
  },
  doc,

  check(context) {
    const proof = context.setting("DATABASES").mustBe((value) => localServer(value) !== undefined);
    const server = proof && localServer(proof.value);
    const entry = entryAt(proof?.value, "default");
    if (proof === undefined || server === undefined || entry === undefined) return;
    const host = entryAt(entry.value, "HOST");
    context.report({ message: "same", values: { server }, proof, at: keySite(context, host ?? entry) });
  },
});

/** The default database's server, where it is certainly on this machine: no host, its name, its address or a socket. */
function localServer(databases: Value): string | undefined {
  const database = valueAt(databases, "default");
  const host = entryOf(database, "HOST");
  const isLocal =
    host === "absent" || (host !== undefined && /^(?:|localhost|127\..*|::1|\/.*)$/.test(textOf(host.value) ?? "?"));
  return isLocal ? serverName(textOf(valueAt(database, "ENGINE"))) : undefined;
}
