import { append, largest } from "../base/lists";
import type { ShownModule } from "./showJson";
import { settingsOf, type ShownSetting } from "../features/effectiveSettings";
import { fingerprintOf } from "../features/valueGroups";
import { displayWidth, padEnd, truncate, wrap } from "./layout";
import type { Locations } from "./locations";
import { printable } from "../base/printable";
import type { Redactor } from "../lint/redaction/redactor";
import type { Style } from "./style";

export interface TableOptions {
  readonly style: Style;
  /** Columns of the terminal; `undefined`: lines are as long as they are. */
  readonly columns: number | undefined;
  readonly redactor: Redactor | undefined;
}

/** The settings of one module: name, value and where it comes from. */
export function moduleTable(shown: ShownModule, at: Locations, options: TableOptions): string {
  const settings = settingsOf(shown.entry, options.redactor);
  const rows = settings.map((setting) => cellsOf(setting.name, setting, at));
  const body = rows.length === 0 ? ["  sets nothing"] : table(rows, options, "  ");
  const failure = failureLine(shown, at, options.style);
  return [...heading(shown, at, options.style), ...failure, "", ...body, ""].join("\n");
}

function heading({ entry, owner }: ShownModule, at: Locations, style: Style): readonly string[] {
  const { module } = entry;
  const django = owner.project.django;
  const version = django === undefined ? "" : `, Django ${django.version.join(".")} (${django.source})`;
  const lines = [
    `${style.bold(printable(moduleName(entry.module)))}  ${module.role}  ${style.dim(at.name(module.file) + printable(version))}`,
  ];
  const evidence = module.evidence[0];
  if (evidence !== undefined) lines.push(style.dim(`  ${printable(evidence.text)}`));
  return lines;
}

function failureLine({ entry }: ShownModule, at: Locations, style: Style): readonly string[] {
  const { failure } = entry.evaluation;
  if (failure === undefined) return [];
  return [
    style.red(`  importing it raises ${failure.exception} at ${at.place(failure.site.file, failure.site.range)}`),
  ];
}

export function moduleName(module: { readonly name: string; readonly className?: string }): string {
  return module.className === undefined ? module.name : `${module.name}:${module.className}`;
}

/** A row for each outcome; conditions stand behind the value. */
function cellsOf(label: string, setting: ShownSetting | undefined, at: Locations): readonly Cells[] {
  if (setting === undefined) return [[label, "<not set>", ""]];
  return setting.outcomes.map((outcome, index) => {
    const when = outcome.when === "" ? "" : `  if ${outcome.when}`;
    const step = outcome.steps.findLast((each) => each.kind === "assignment") ?? setting.origin;
    const place = step === undefined ? "" : at.line(step.site.file, step.target);
    const { overridable } = outcome;
    const hedge =
      overridable === undefined
        ? ""
        : `  may be overridden by ${at.code(overridable.site.file, overridable.site.range)}`;
    return [index === 0 ? label : "", outcome.text + when + hedge, place];
  });
}
type Cells = readonly [string, string, string];

function table(rows: readonly (readonly Cells[])[], options: TableOptions, indent: string): readonly string[] {
  const cells = rows.flat();
  const first = largest(
    cells.map(([label]) => displayWidth(label)),
    0,
  );
  const last = largest(
    cells.map(([, , place]) => displayWidth(place)),
    0,
  );
  const room = options.columns === undefined ? Infinity : options.columns - indent.length - first - last - 4;
  const widest = largest(
    cells.map(([, value]) => displayWidth(value)),
    0,
  );
  // Where there is no terminal, one long value must not push the places of all others out of sight.
  const middle = Math.min(widest, Math.max(room === Infinity ? 60 : room, 20));
  return cells.map(([label, value, place]) => {
    const shown = room === Infinity ? value : truncate(value, middle);
    const line = `${indent}${options.style.bold(padEnd(label, first))}  ${padEnd(printable(shown), middle)}  ${options.style.dim(place)}`;
    return line.trimEnd();
  });
}

/** Several modules side by side: what differs first, then what is the same everywhere. `onlyDifferences` leaves that out. */
export function comparison(
  modules: readonly ShownModule[],
  at: Locations,
  options: TableOptions,
  onlyDifferences: boolean,
): string {
  const columns = modules.map(({ entry }) => ({
    name: moduleName(entry.module),
    settings: new Map(settingsOf(entry, options.redactor).map((setting) => [setting.name, setting])),
  }));
  const names = [...new Set(columns.flatMap(({ settings }) => [...settings.keys()]))].toSorted();
  const differing = names.filter(
    (name) => new Set(columns.map(({ settings }) => fingerprintOf(settings.get(name)))).size > 1,
  );
  const lines = modules.flatMap((shown) => [
    ...heading(shown, at, options.style),
    ...failureLine(shown, at, options.style),
  ]);
  lines.push("", options.style.bold(differing.length === 0 ? "No setting differs." : "Differs"));
  for (const name of differing) {
    const rows = columns.map((column) => cellsOf(column.name, column.settings.get(name), at));
    lines.push(`  ${options.style.bold(name)}`);
    append(lines, table(rows, options, "    "));
  }
  const same = names.filter((name) => !differing.includes(name));
  if (!onlyDifferences && same.length > 0) {
    lines.push("", options.style.bold("The same in all"));
    append(
      lines,
      table(
        same.map((name) =>
          sameCells(
            name,
            columns.map(({ settings }) => settings.get(name)),
            at,
          ),
        ),
        options,
        "  ",
      ),
    );
  }
  return `${lines.join("\n")}\n`;
}

/** Settings in full, one after the other, with the modules that get the same of each. */
export function settingPages(
  names: readonly string[],
  modules: readonly ShownModule[],
  at: Locations,
  options: TableOptions,
): string {
  const lines = names.flatMap((name) => {
    const groups = new Map<string, { readonly modules: string[]; readonly setting: ShownSetting | undefined }>();
    for (const { entry } of modules) {
      const setting = settingsOf(entry, options.redactor).find((each) => each.name === name);
      const key = fingerprintOf(setting);
      const title = `${moduleName(entry.module)} (${entry.module.role})`;
      const known = groups.get(key);
      if (known === undefined) groups.set(key, { modules: [title], setting });
      else known.modules.push(title);
    }
    const sections = [...groups.values()].flatMap((group) => [
      `  ${options.style.cyan(group.modules.join(", "))}`,
      ...cellsOf("", group.setting, at).flatMap(([, value, place]) => [
        ...wrap(printable(value), (options.columns ?? DEFAULT_COLUMNS) - 4).map((line) => `    ${line}`),
        ...(place === "" ? [] : [`    ${options.style.dim(place)}`]),
      ]),
    ]);
    return [options.style.bold(name), ...sections];
  });
  return `${lines.join("\n")}\n`;
}

/** Where there is no terminal. */
const DEFAULT_COLUMNS = 100;

/** A setting that is the same in all modules; its place is shown where that is the same, too. */
function sameCells(name: string, settings: readonly (ShownSetting | undefined)[], at: Locations): readonly Cells[] {
  const [first, ...others] = settings.map((setting) => cellsOf(name, setting, at));
  return (first ?? []).map(([label, value, place], row) => {
    const isShared = others.every((cells) => cells[row]?.[2] === place);
    return [label, value, isShared ? place : "(several places)"];
  });
}
