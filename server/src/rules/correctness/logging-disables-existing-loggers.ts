import { servesProduction } from "../../lint/settingsModules";
import { isFalsy, isTruthy } from "../../lint/effective";
import type { Severity } from "../../lint/finding";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { deploymentFiles } from "../../project/deploymentFiles";
import type { Entry, Value } from "../../python/values/value";
import { writtenDict } from "../questions/dicts/defaultEntry";
import { entryOf } from "../questions/dicts/dicts";
import { replaceFix } from "../questions/fixes/settingFixes";
import { readsAsDictConfig } from "../questions/logging/ownSetup";
import doc from "./logging-disables-existing-loggers.md";

const KEY = "disable_existing_loggers";

export const loggingDisablesExistingLoggers = defineRule({
  id: "logging-disables-existing-loggers",
  category: "correctness",
  severity: "info",
  audience: "entry",
  messages: {
    missing:
      "LOGGING turns off loggers it does not mention: disable_existing_loggers is missing, and its default is True. {lost}. Set it to False.",
    explicit:
      "LOGGING turns off loggers it does not mention: disable_existing_loggers is True. {lost}. Set it to False.",
  },
  fixes: { keep: { safety: "unsafe", title: "Set disable_existing_loggers to False" } },
  doc,

  check(context) {
    const setting = context.setting("LOGGING");
    if (setting.isUnset || !readsAsDictConfig(context)) return;
    const proof = setting.mayBe((value) => disabling(value) !== undefined);
    const entry = proof && disabling(proof.value);
    if (proof?.origin === undefined || entry === undefined) return;
    const server = lostAccessLog(context, proof.value);
    const lost = server ?? lostOfDjango(proof.value);
    context.report({
      message: entry === "absent" ? "missing" : "explicit",
      values: { lost: lost ?? "Those that exist already, such as those of the server, fall silent" },
      proof,
      at: entry === "absent" ? undefined : entry.site,
      severity: severityOf(entry, server, lost),
      fixes: [keep(context, proof, entry)],
    });
  },
});

/** Who writes True may know what it does; a server that is told to log and does not is a mistake in any case. */
function severityOf(entry: Entry | "absent", server: string | undefined, lost: string | undefined): Severity {
  if (server !== undefined) return "warning";
  return entry === "absent" && lost !== undefined ? "info" : "hint";
}

/** How a dict turns loggers off: by an entry, or by having none. */
function disabling(logging: Value): Entry | "absent" | undefined {
  const [entry, incremental] = [entryOf(logging, KEY), entryOf(logging, "incremental")];
  const isWhole = incremental === "absent" || (incremental !== undefined && isFalsy(incremental.value));
  if (entry === undefined || !isWhole || (logging.kind === "dict" && logging.entries.length === 0)) return undefined;
  return entry === "absent" || isTruthy(entry.value) ? entry : undefined;
}

/** Whether LOGGING certainly names none of some loggers; those below one that is named stay on (logging/config.py). */
function lacksLogger(logging: Value, pattern: RegExp): boolean {
  const loggers = entryOf(logging, "loggers");
  if (loggers === "absent") return true;
  if (loggers?.value.kind !== "dict") return false;
  return loggers.value.entries.every(({ key }) => key?.kind === "str" && !pattern.test(key.value));
}

function lostOfDjango(logging: Value): string | undefined {
  return lacksLogger(logging, /^django(?:\.|$)/) ? "Django's own fall silent, errors in views included" : undefined;
}

/** What is lost of the log of a server that a deployment file tells to write one: its logger exists before the settings are read. */
function lostAccessLog(context: RuleContext, logging: Value): string | undefined {
  if (!servesProduction(context.module.role) || !lacksLogger(logging, /^gunicorn(?:\.|$)/)) return undefined;
  const isOn = deploymentFiles(context.snapshot).some(({ text }) => /--access-logfile[ =]\S/.test(text));
  return isOn ? "The access log of gunicorn, which a deployment file turns on, stays empty" : undefined;
}

function keep(context: RuleContext, proof: Proof, entry: Entry | "absent"): ReportedFix<"keep"> | undefined {
  if (entry !== "absent") return replaceFix("keep", entry.valueSite, "False");
  const written = writtenDict(context, proof);
  if (written === undefined) return undefined;
  const { file, dict } = written;
  const version = dict.items.findIndex(({ key }) => key?.kind === "Str" && key.value === "version");
  return {
    id: "keep",
    edit: (edit) => edit.insertElement(file, dict, version + 1, `${edit.quote(file, KEY)}: False`),
  };
}
