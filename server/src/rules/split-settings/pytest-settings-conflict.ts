import { table } from "../../base/table";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { EntryPoint } from "../../project/model";
import { baseName, joinPath, parentPath, type FilePath } from "../../base/path";
import { replaceFix } from "../questions/fixes/settingFixes";
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
    unread:
      "{file} has a section for pytest that is never read: {winner} stands beside it, and pytest reads one file only. Move what it says to {winner}, and remove the section.",
    section:
      "{file} does not select the settings of tests: pytest reads its section [pytest] only, and [tool:pytest], which says {value}, is for setup.cfg. Rename the section.",
  },
  fixes: { rename: { safety: "unsafe", title: "Rename the section to [pytest]" } },
  doc,

  check(context) {
    const configured = context.project.entryPoints
      .filter(({ kind, form, value }) => kind === "pytest" && form !== "option" && value !== undefined)
      .toSorted((a, b) => rankOf(a) - rankOf(b));
    const [winner, ...others] = configured;
    // What such a file says is never read, and neither are those behind it.
    if (winner === undefined || reportSection(context, winner)) return;
    const losers = others.filter(({ file, value }) => {
      const isBeside = parentPath(file) === parentPath(winner.file) && file !== winner.file;
      return isBeside && value !== winner.value;
    });
    for (const loser of losers) reportIgnored(context, loser, winner);
    const told = new Set([winner.file, ...losers.map(({ file }) => file)]);
    reportUnread(context, winner, told);
    reportServices(context, winner);
  },
});

function rankOf({ file }: EntryPoint): number {
  const rank = ORDER.indexOf(baseName(file));
  return rank < 0 ? ORDER.length : rank;
}

/** A section of setup.cfg's in a file of pytest's own, which pytest takes for its configuration all the same, as an empty one. */
function reportSection(context: Context, point: EntryPoint): boolean {
  const text = /^\.?pytest\.ini$/.test(baseName(point.file)) ? (context.snapshot.text(point.file) ?? "") : "";
  const section = /^\[pytest\]/m.test(text) ? null : /^\[tool:pytest\]/m.exec(text);
  if (section === null) return false;
  const at = siteOf(point.file, { start: section.index, end: section.index + section[0].length });
  context.report({
    message: "section",
    values: { file: fileLabel(context, point), value: point.value ?? "" },
    at,
    fixes: [replaceFix("rename", at, "[pytest]", {})],
  });
  return true;
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

const SECTIONS: Readonly<Record<string, RegExp>> = table({
  "pyproject.toml": /^\[tool\.pytest\.ini_options\]/m,
  "tox.ini": /^\[pytest\]/m,
  "setup.cfg": /^\[tool:pytest\]/m,
});

/** Sections in files behind the one that pytest reads, whatever they say: `told` are reported already. */
function reportUnread(context: Context, winner: EntryPoint, told: ReadonlySet<FilePath>): void {
  for (const name of ORDER.slice(rankOf(winner) + 1)) {
    const file = joinPath(parentPath(winner.file), name);
    const { snapshot } = context;
    const text = snapshot.listing.files.has(file) && !told.has(file) ? snapshot.text(file) : undefined;
    const section = text === undefined ? null : (SECTIONS[name]?.exec(text) ?? null);
    if (section === null) continue;
    const range = { start: section.index, end: section.index + section[0].length };
    context.report({
      message: "unread",
      values: { file: fileLabel(context, { ...winner, file }), winner: fileLabel(context, winner) },
      at: siteOf(file, range),
      severity: "info",
      chain: [{ site: pointSite(winner), text: `${fileLabel(context, winner)} wins` }],
    });
  }
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
