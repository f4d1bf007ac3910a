import type { ProjectAnalysis } from "../features/analysis";
import { isInside, relativePath } from "../base/path";
import { printable } from "../base/printable";
import { describeValue } from "../features/describeValue";
import { tellNotes } from "./checkCommand";
import { settingsOf, type ShownSetting } from "../features/effectiveSettings";
import { EXIT, type CliHost } from "./host";
import { jsonText } from "./jsonText";
import { Session, type CommonOptions } from "./session";
import type { ShownModule } from "./showJson";
import { moduleName } from "./showTable";
import { allModules } from "./chosenModules";

export const COMPARE_FORMATS = ["text", "json", "markdown"] as const;

export interface CompareOptions extends CommonOptions {
  readonly format: (typeof COMPARE_FORMATS)[number];
}

/** What happens to one setting of one module. */
interface Change {
  readonly setting: string;
  /** The value for people; `undefined`: not set. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Where the new value is written, or the removed one was. */
  readonly place: string;
  /** What comes into a list and what goes, `+ item` and `- item`; `undefined` for anything else than lists with other items. */
  readonly items: readonly string[] | undefined;
}

interface ModuleChanges {
  readonly module: string;
  readonly role: string;
  readonly state: "added" | "removed" | "changed";
  readonly changes: readonly Change[];
}

/**
 * Prints what a change does to the effective settings of each module: two folders, before and after. Exit code 0 where nothing
 * changes, 1 where something does, 2 on errors.
 */
export async function compare(host: CliHost, before: string, after: string, options: CompareOptions): Promise<number> {
  const old = await Session.ofSettings(host, before, options);
  const current = await Session.ofSettings(host, after, options);
  const modules = pairs(old, current).flatMap((pair) => changesOf(pair, old, current));
  host.stdout.write(PRINTERS[options.format](modules));
  tellNotes(current, options);
  if (current.problems.length > 0) return EXIT.error;
  return modules.length === 0 ? EXIT.clean : EXIT.findings;
}

interface Pair {
  readonly before: ShownModule | undefined;
  readonly after: ShownModule | undefined;
}

/** Modules of the same name in projects at the same place. */
function pairs(old: Session, current: Session): readonly Pair[] {
  const key = (session: Session, { owner, entry }: ShownModule): string =>
    `${placeOf(session, owner)}\0${moduleName(entry.module)}`;
  const before = new Map(allModules(old).map((shown) => [key(old, shown), shown]));
  const after = new Map(allModules(current).map((shown) => [key(current, shown), shown]));
  return [...new Set([...before.keys(), ...after.keys()])].map((name) => ({
    before: before.get(name),
    after: after.get(name),
  }));
}

function placeOf(session: Session, { project }: ProjectAnalysis): string {
  const root = session.opened.find(({ analysis }) => analysis.projects.some((each) => each.project === project));
  return project.root.slice(root?.analysis.root.length ?? 0);
}

function changesOf({ before, after }: Pair, old: Session, current: Session): readonly ModuleChanges[] {
  const shown = after ?? before;
  if (shown === undefined) return [];
  const settings = (session: Session, module: ShownModule | undefined): ReadonlyMap<string, ShownSetting> =>
    new Map(module === undefined ? [] : settingsOf(module.entry, session.redactor).map((each) => [each.name, each]));
  const [was, is] = [settings(old, before), settings(current, after)];
  const names = [...new Set([...was.keys(), ...is.keys()])].toSorted();
  const changes = names.flatMap((setting) => {
    const [a, b] = [was.get(setting), is.get(setting)];
    const texts = { before: valueOf(a, old), after: valueOf(b, current) };
    if (texts.before === texts.after) return [];
    const items = itemChanges(itemsOf(before, setting, old), itemsOf(after, setting, current));
    const place = b === undefined ? `${placeText(a, old)} removed` : placeText(b, current);
    return [{ setting, ...texts, place, items }];
  });
  const state = before === undefined ? "added" : after === undefined ? "removed" : "changed";
  if (changes.length === 0 && state === "changed") return [];
  return [{ module: moduleName(shown.entry.module), role: shown.entry.module.role, state, changes }];
}

/** Paths below the folders that are compared would differ everywhere: they are shown relative to them. */
function valueOf(setting: ShownSetting | undefined, session: Session): string | undefined {
  if (setting === undefined) return undefined;
  const texts = setting.outcomes.map(({ text, when }) => (when === "" ? text : `${text} if ${when}`));
  const roots = session.opened.map(({ analysis }) => analysis.root);
  return roots.reduce((text, root) => text.replaceAll(root, "."), texts.join(" or "));
}

/** The items of a setting that is certainly one list; secrets are masked. */
function itemsOf(
  shown: ShownModule | undefined,
  setting: string,
  { redactor }: Session,
): readonly string[] | undefined {
  const [outcome, ...others] = shown?.entry.evaluation.outcomes(setting) ?? [];
  if (outcome === undefined || others.length > 0) return undefined;
  const value = redactor.cleanValue(outcome.value, setting);
  const isList = value.kind === "list" || value.kind === "tuple";
  if (!isList || value.items.some(({ spread }) => spread)) return undefined;
  return value.items.map((item) => redactor.clean(describeValue(item.value)));
}

function itemChanges(
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): readonly string[] | undefined {
  if (before === undefined || after === undefined) return undefined;
  const changes = [
    ...before.filter((item) => !after.includes(item)).map((item) => `- ${item}`),
    ...after.filter((item) => !before.includes(item)).map((item) => `+ ${item}`),
  ];
  return changes.length === 0 ? undefined : changes;
}

/** `shop/settings/base.py:41`, relative to the folder that is compared. */
function placeText(setting: ShownSetting | undefined, { at, opened: folders }: Session): string {
  const origin = setting?.origin;
  if (origin === undefined) return "";
  const root = folders.find(({ analysis }) => isInside(analysis.root, origin.site.file))?.analysis.root ?? "/";
  return `${relativePath(root, origin.site.file)}:${at.position(origin.site.file, origin.target.start).line}`;
}

const UNSET = "unset";

function textOf(modules: readonly ModuleChanges[]): string {
  if (modules.length === 0) return "No effective setting changes.\n";
  const lines = modules.flatMap(({ module, role, state, changes }) => [
    `${printable(module)} (${role})${state === "changed" ? "" : `: ${state}`}`,
    ...changes.map(
      ({ setting, before = UNSET, after = UNSET, place, items }) =>
        `  ${setting}: ${printable(items?.join(", ") ?? `${before} -> ${after}`)}  (${printable(place)})`,
    ),
  ]);
  return `${lines.join("\n")}\n`;
}

function markdownOf(modules: readonly ModuleChanges[]): string {
  if (modules.length === 0) return "No effective setting changes.\n";
  const cell = (text: string): string => `\`${printable(text).replaceAll("`", "'").replaceAll("|", "\\|")}\``;
  const sections = modules.map(({ module, role, state, changes }) => {
    const rows = changes.map(
      ({ setting, before = UNSET, after = UNSET, place }) =>
        `| \`${setting}\` | ${cell(before)} | ${cell(after)} | ${cell(place)} |`,
    );
    const title = `### ${role}: \`${module}\`${state === "changed" ? "" : ` (${state})`}`;
    return [title, "", "| Setting | Before | After | Place |", "| --- | --- | --- | --- |", ...rows].join("\n");
  });
  return `${sections.join("\n\n")}\n`;
}

/** The shape of `compare --format json`: docs/schemas/compare.schema.json. */
function jsonOf(modules: readonly ModuleChanges[]): string {
  const change = ({
    items,
    before = null,
    after = null,
    ...rest
  }: Omit<Change, "before" | "after"> & {
    readonly before?: string | null | undefined;
    readonly after?: string | null | undefined;
  }): object => ({ ...rest, before, after, items: items ?? [] });
  return jsonText({ version: 1, modules: modules.map((each) => ({ ...each, changes: each.changes.map(change) })) });
}

const PRINTERS = { text: textOf, json: jsonOf, markdown: markdownOf };
