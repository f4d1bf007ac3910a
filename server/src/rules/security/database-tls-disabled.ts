import { defineRule } from "../../lint/rule";
import type { JudgedPart } from "../../lint/setting";
import type { Site, Value } from "../../python/values/value";
import { serverName } from "../questions/databases/databases";
import { entryAt, textOf, valueAt } from "../questions/dicts/dicts";
import { replaceTextFix } from "../questions/fixes/settingFixes";
import { isPublicHost } from "../../project/publicHosts";
import doc from "./database-tls-disabled.md";

/** What lets a connection be without encryption, for each server: the option, its values, and the value that forbids it. */
const MODES = [
  { server: "PostgreSQL", option: "sslmode", off: /^(?:disable|allow)$/, maybe: /^prefer$/, on: "require" },
  { server: "MySQL", option: "ssl_mode", off: /^DISABLED$/i, maybe: /^PREFERRED$/i, on: "REQUIRED" },
] as const;

export const databaseTlsDisabled = defineRule({
  id: "database-tls-disabled",
  category: "security",
  severity: "warning",
  audience: "hardened",
  messages: {
    off: 'DATABASES["{alias}"] does not use TLS in {module}, which runs in {environment}: {option} is "{mode}", so whoever is on the way to {host} reads passwords and data. Set it to "{wanted}", or better have the certificate verified.',
    maybe:
      'DATABASES["{alias}"] does not require TLS in {module}, which runs in {environment}: {option} is "{mode}", so whoever is on the way to {host} can turn encryption off. Set it to "{wanted}", or better have the certificate verified.',
  },
  fixes: { require: { safety: "unsafe", title: 'Set {option} to "{wanted}"' } },
  doc,

  check(context) {
    for (const { part, proof } of context.setting("DATABASES").judgeParts(plainConnections)) {
      const { alias, host, mode, option, wanted, isOff, site } = part;
      context.report({
        message: isOff ? "off" : "maybe",
        values: { alias, host, option, mode, wanted },
        proof,
        at: site,
        severity: isOff ? undefined : "info",
        fixes: [proof.missing.length > 0 ? undefined : replaceTextFix(context, "require", site, wanted)],
      });
    }
  },
});

interface PlainConnection extends JudgedPart {
  readonly alias: string;
  readonly host: string;
  readonly option: string;
  readonly mode: string;
  readonly wanted: string;
  /** Never encrypted, if the server agrees; else encrypted unless somebody interferes. */
  readonly isOff: boolean;
  readonly site: Site | undefined;
}

/** The databases behind the open internet that an option lets be reached without encryption. */
function plainConnections(databases: Value): readonly PlainConnection[] {
  if (databases.kind !== "dict") return [];
  return databases.entries.flatMap(({ key, value }) => {
    const alias = textOf(key);
    const server = serverName(textOf(valueAt(value, "ENGINE")));
    const host = textOf(valueAt(value, "HOST"));
    const known = MODES.find((one) => one.server === server);
    if (alias === undefined || host === undefined || known === undefined || !isPublicHost(host)) return [];
    const entry = entryAt(value, "OPTIONS", known.option);
    const mode = textOf(entry?.value);
    if (mode === undefined || !(known.off.test(mode) || known.maybe.test(mode))) return [];
    const { option, on: wanted } = known;
    return [{ key: alias, alias, host, option, mode, wanted, isOff: known.off.test(mode), site: entry?.valueSite }];
  });
}
