import { append, largest } from "../base/lists";
import { printable } from "../base/printable";
import { defaultOf } from "../django/facts";
import { describeValue } from "../features/describeValue";
import { settingsOf, type ShownSetting } from "../features/effectiveSettings";
import { environmentsOf } from "../features/environments";
import { fingerprintOf } from "../features/valueGroups";
import { displayWidth, padEnd, wrapValue } from "./layout";
import type { Locations } from "./locations";
import { askedFor, type ShownModule, type ShownSettings } from "./showJson";
import type { Style } from "./style";

export interface TableOptions {
  readonly style: Style;
  /** Columns of the terminal; `undefined`: lines are as long as they are. */
  readonly columns: number | undefined;
  readonly shown: ShownSettings;
}

/** The settings of one module: name, value and where it comes from. */
export function moduleTable(module: ShownModule, at: Locations, options: TableOptions): string {
  const rows = askedFor(module, options.shown).flatMap((setting) => cellsOf(setting.name, setting, at));
  const body = rows.length === 0 ? ["  sets nothing"] : table(rows, options, "  ");
  const failure = failureLine(module, at, options.style);
  return [...heading(module, at, options.style), ...failure, "", ...body, ""].join("\n");
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

/** A label, a value and a place. */
type Cells = readonly [string, string, string];

/** A row for each outcome; conditions stand behind the value. */
function cellsOf(label: string, setting: ShownSetting, at: Locations): readonly Cells[] {
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

/** Values have at least so many columns; where a terminal has not, they stand below their labels. */
const LEAST_ROOM = 24;
/** Where there is no terminal, one long value must not push the places of all others out of sight. */
const PIPE_ROOM = 60;

function table(rows: readonly Cells[], options: TableOptions, indent: string): readonly string[] {
  const widest = (column: 0 | 1 | 2): number =>
    largest(
      rows.map((cells) => displayWidth(cells[column])),
      0,
    );
  const [first, values, last] = [widest(0), widest(1), widest(2)];
  const room = options.columns === undefined ? undefined : options.columns - indent.length - first - last - 4;
  if (room !== undefined && room < Math.min(LEAST_ROOM, values)) return stacked(rows, options, indent);
  const middle = Math.min(values, room ?? PIPE_ROOM);
  return rows.flatMap(([label, value, place]) => {
    const [top = "", ...below] = room === undefined ? [printable(value)] : wrapValue(printable(value), middle);
    const head = `${indent}${options.style.bold(padEnd(label, first))}  `;
    const line = `${head}${padEnd(top, middle)}  ${options.style.dim(place)}`.trimEnd();
    return [line, ...below.map((each) => " ".repeat(indent.length + first + 2) + each)];
  });
}

/** Label, value and place below each other. */
function stacked(rows: readonly Cells[], { style, columns }: TableOptions, indent: string): readonly string[] {
  return rows.flatMap(([label, value, place]) => [
    ...(label === "" ? [] : [indent + style.bold(label)]),
    ...valueLines(value, place, style, columns, `${indent}  `),
  ]);
}

/** A value in full with its place below. */
function valueLines(
  value: string,
  place: string,
  style: Style,
  columns: number | undefined,
  indent: string,
): readonly string[] {
  const lines = wrapValue(printable(value), (columns ?? DEFAULT_COLUMNS) - indent.length);
  return [...lines, ...(place === "" ? [] : [style.dim(place)])].map((line) => indent + line);
}

/** Where there is no terminal. */
const DEFAULT_COLUMNS = 100;

/** A module with all that it sets. */
interface Column {
  readonly module: ShownModule;
  readonly settings: ReadonlyMap<string, ShownSetting>;
}

function columnsOf(modules: readonly ShownModule[], { shown }: TableOptions): readonly Column[] {
  return modules.map((module) => ({
    module,
    settings: new Map(settingsOf(module.entry, shown.redactor).map((setting) => [setting.name, setting])),
  }));
}

/** Columns that get the same of a setting, in their order. */
function groupsOf(name: string, columns: readonly Column[]): readonly (readonly [Column, ...Column[]])[] {
  const groups = new Map<string, [Column, ...Column[]]>();
  for (const column of columns) {
    const key = fingerprintOf(column.settings.get(name));
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [column]);
    else known.push(column);
  }
  return [...groups.values()];
}

function groupCells(
  label: string,
  name: string,
  [{ module, settings }]: readonly [Column],
  at: Locations,
): readonly Cells[] {
  const setting = settings.get(name);
  if (setting !== undefined) return cellsOf(label, setting, at);
  const fallback = defaultOf(name, module.owner.project.django?.version);
  const meaning = fallback === undefined ? "" : `, Django's default: ${describeValue(fallback)}`;
  return [[label, `<not set>${meaning}`, ""]];
}

/** Several modules side by side: what differs first, then what is the same everywhere. `onlyDifferences` leaves that out. */
export function comparison(
  modules: readonly ShownModule[],
  at: Locations,
  options: TableOptions,
  onlyDifferences: boolean,
): string {
  const names = new Set(modules.flatMap((module) => askedFor(module, options.shown).map(({ name }) => name)));
  const columns = columnsOf(modules, options);
  const settings = [...names].toSorted().map((name) => ({ name, groups: groupsOf(name, columns) }));
  const differing = settings.filter(({ groups }) => groups.length > 1);
  const { style } = options;
  const lines = modules.flatMap((each) => [...heading(each, at, style), ...failureLine(each, at, style)]);
  lines.push("", style.bold(differing.length === 0 ? "No setting differs." : "Differs"));
  const titles = titlesOf(modules);
  for (const { name, groups } of differing) {
    const rows = groups.flatMap(([first, ...others]) => {
      const title = [first, ...others].map(({ module }) => titles.get(module) ?? "").join(", ");
      return groupCells(title, name, [first], at);
    });
    lines.push(`  ${style.bold(name)}`);
    append(lines, table(rows, options, "    "));
  }
  const same = settings.filter(({ groups }) => groups.length === 1);
  if (!onlyDifferences && same.length > 0) {
    const rows = same.flatMap(({ name }) => sameCells(name, columns, at));
    lines.push("", style.bold("The same in all"));
    append(lines, table(rows, options, "  "));
  }
  return `${lines.join("\n")}\n`;
}

/** What modules are called where they stand beside each other: as short as it tells them apart. */
function titlesOf(modules: readonly ShownModule[]): ReadonlyMap<ShownModule, string> {
  const short = modules.map(
    ({ owner, entry }) => environmentsOf(owner.entries).find((each) => each.entry === entry)?.name,
  );
  return new Map(
    modules.map((module, index) => {
      const name = short[index];
      const isOwn = name !== undefined && short.indexOf(name) === short.lastIndexOf(name);
      return [module, printable(isOwn ? name : moduleName(module.entry.module))];
    }),
  );
}

/** A setting that is the same in all modules; its place is shown where that is the same, too. */
function sameCells(name: string, columns: readonly Column[], at: Locations): readonly Cells[] {
  const [first, ...others] = columns.map((column) => groupCells(name, name, [column], at));
  return (first ?? []).map(([label, value, place], row) => {
    const isShared = others.every((cells) => cells[row]?.[2] === place);
    return [label, value, isShared ? place : "(several places)"];
  });
}

/** Settings in full, one after the other, with the modules that get the same of each. */
export function settingPages(
  names: readonly string[],
  modules: readonly ShownModule[],
  at: Locations,
  options: TableOptions,
): string {
  const { style } = options;
  const columns = columnsOf(modules, options);
  const lines = names.flatMap((name) => {
    const sections = groupsOf(name, columns).flatMap(([first, ...others]) => {
      const titles = [first, ...others].map(
        ({ module: { entry } }) => `${moduleName(entry.module)} (${entry.module.role})`,
      );
      return [
        `  ${style.cyan(printable(titles.join(", ")))}`,
        ...groupCells("", name, [first], at).flatMap(([, value, place]) =>
          valueLines(value, place, style, options.columns, "    "),
        ),
      ];
    });
    return [style.bold(name), ...sections];
  });
  return `${lines.join("\n")}\n`;
}
