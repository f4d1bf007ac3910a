import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { EntryPoint } from "../../project/model";
import { baseName, parentPath } from "../../base/path";
import { composeServices } from "../questions/splits/composeServices";
import { fileLabel, pointSite } from "../questions/splits/entryPoints";
import doc from "./pytest-settings-conflict.md";

type Context = ContextOf<typeof pytestSettingsConflict>;

/** Which file pytest reads, where there are several in one folder (https://docs.pytest.org/en/stable/reference/customize.html). */
const ORDER = ["pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg"];

export const pytestSettingsConflict = defineRule({
  id: "pytest-settings-conflict",
  category: "split-settings",
  severity: "warning",
  audience: "project",
  messages: {
    ignored:
      "{file} does not select the settings of tests: it says {value}, but pytest reads {winner} instead, which says {other}. Remove one of the two.",
    service:
      "The service {service} runs pytest with {value}: the environment variable wins over {winner}, which says {other}. Remove the variable there, or give pytest --ds.",
  },
  doc,

  check(context) {
    const configured = context.project.entryPoints
      .filter(({ kind, form, value }) => kind === "pytest" && form !== "option" && value !== undefined)
      .toSorted((a, b) => rankOf(a) - rankOf(b));
    const [winner, ...others] = configured;
    if (winner === undefined) return;
    for (const loser of others) {
      const isBeside = parentPath(loser.file) === parentPath(winner.file) && loser.file !== winner.file;
      if (isBeside && loser.value !== winner.value) reportIgnored(context, loser, winner);
    }
    reportServices(context, winner);
  },
});

function rankOf({ file }: EntryPoint): number {
  const rank = ORDER.indexOf(baseName(file));
  return rank < 0 ? ORDER.length : rank;
}

function reportIgnored(context: Context, loser: EntryPoint, winner: EntryPoint): void {
  context.report({
    message: "ignored",
    values: {
      file: fileLabel(context, loser),
      value: loser.value ?? "",
      winner: fileLabel(context, winner),
      other: winner.value ?? "",
    },
    at: pointSite(loser),
    chain: [{ site: pointSite(winner), text: `${fileLabel(context, winner)} wins` }],
  });
}

/** pytest-django takes --ds first, then the environment, then the file. */
function reportServices(context: Context, winner: EntryPoint): void {
  for (const { file, name, command, settings } of composeServices(context)) {
    const isTest = /(?:^|[\s/])pytest\b/.test(command) && !/--ds\b/.test(command);
    if (!isTest || settings === undefined || settings.value === winner.value) continue;
    context.report({
      message: "service",
      values: {
        service: name,
        value: settings.value,
        winner: fileLabel(context, winner),
        other: winner.value ?? "",
      },
      at: siteOf(file, settings.range),
      chain: [{ site: pointSite(winner), text: `${fileLabel(context, winner)} names other settings` }],
    });
  }
}
