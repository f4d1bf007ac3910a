import { environmentReads } from "../../lint/environmentReads";
import { table } from "../../base/table";
import { defineRule, type ContextOf } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { entryAt, knownKeys } from "../questions/dicts/dicts";
import doc from "./env-var-of-machine.md";

type Context = ContextOf<typeof envVarOfMachine>;

export const envVarOfMachine = defineRule({
  id: "env-var-of-machine",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  messages: {
    taken:
      "{name} comes from {variable}: {who} sets that variable already, and libraries leave alone what is set, so that the one in .env does not count. Name it otherwise, such as {better}.",
  },
  doc,

  check(context) {
    for (const setting of ["EMAIL_HOST_USER", "EMAIL_HOST"])
      for (const { value } of context.setting(setting).outcomes) report(context, setting, setting, value);
    for (const { value } of context.setting("DATABASES").outcomes)
      for (const alias of knownKeys(value))
        for (const key of ["USER", "NAME", "HOST"]) {
          const found = entryAt(value, alias, key)?.value;
          if (found !== undefined) report(context, `${key} of the database "${alias}"`, `DB_${key}`, found);
        }
  },
});

/** Variables that are there before any file of variables is read, and who sets them. */
const SET_BY: Readonly<Record<string, string>> = table({
  USER: "every login shell and service manager",
  LOGNAME: "every login shell and service manager",
  USERNAME: "Windows or a desktop of Linux",
  HOSTNAME: "every container",
});

function report(context: Context, name: string, better: string, value: Value): void {
  // A fallback may be meant: the account's name where nothing else is said.
  const [read] = environmentReads(value);
  const who = read === undefined ? undefined : SET_BY[read.variable];
  if (read === undefined || who === undefined) return;
  context.report({ message: "taken", values: { name, variable: read.variable, who, better }, at: read.site });
}
