import { defaultOf } from "../../django/facts";
import type { Release } from "../../django/release";
import { atMost, type Severity } from "../../lint/finding";
import { defineRule, type MessageOf, type RuleContext } from "../../lint/rule";
import { equals } from "../../python/semantics/operators";
import { isAlwaysSet } from "../questions/assignments/assigned";
import { LEFTOVER_FIXES, leftoversOf, type Leftover } from "../questions/deprecations/leftoverReports";
import { deleteSettingFix } from "../questions/fixes/settingFixes";
import doc from "./storages-migration.md";

/** Django 4.2 to 5.0 refuse to start with both names, which `storages-conflict` tells. */
export const storagesMigration = defineRule({
  id: "storages-migration",
  category: "deprecation",
  severity: "error",
  audience: "entry",
  messages: {
    ignored: "{setting} is ignored since Django {version}{consequence}. {remedy}",
    beside:
      "{setting} is ignored since Django {version}: STORAGES, which {module} sets, too, says which storages are used. Move it there, or remove it.",
    usual:
      "{setting} is ignored since Django {version}, and nothing is lost: it names the storage that Django takes anyway. Remove it.",
    deprecated: "{setting} is deprecated since Django {since}. Django {version} ignores it{consequence}. {remedy}",
  },
  fixes: LEFTOVER_FIXES,
  doc,

  check(context) {
    for (const found of leftoversOf(context, "storages-migration")) {
      const { row, phase, report } = found;
      if (phase === "deprecated" && isRefusedSomewhere(context, row.name)) continue;
      const message = messageOf(found);
      context.report({
        message,
        ...report,
        severity: limited(context, report.severity, MOST[message]),
        fixes: message === "usual" ? [deleteSettingFix(context, "remove", report.proof)] : report.fixes,
      });
    }
  },
});

type Message = MessageOf<typeof storagesMigration>;

const MOST: Readonly<Record<Message, Severity>> = {
  ignored: "error",
  beside: "warning",
  usual: "info",
  deprecated: "warning",
};

/** The last release that reads the old names. */
const LAST_RELEASE: Release = [5, 0];

function messageOf({ row, phase, hasSuccessor, report: { proof } }: Leftover): Message {
  if (phase === "deprecated") return phase;
  const usual = defaultOf(row.name, LAST_RELEASE);
  if (hasSuccessor) return "beside";
  return usual !== undefined && equals(proof.value, usual) === true ? "usual" : "ignored";
}

/** Developers and tests lose no uploads: what holds for their modules informs. */
function limited({ module }: RuleContext, severity: Severity, most: Severity): Severity {
  return atMost(severity, module.role === "development" || module.role === "test" ? "info" : most);
}

/** Whether one of the modules that may share the line sets STORAGES, too: Django refuses that, which is the worse news. */
function isRefusedSomewhere(context: RuleContext, name: string): boolean {
  return context.entries.some((entry) => [name, "STORAGES"].every((one) => isAlwaysSet(context.settingOf(entry, one))));
}
