import { djangoSettingNames, defaultOf, settingFact } from "../django/facts";
import { settingSummary } from "../django/summaries";
import { settingNames } from "../project/djangoNames";
import { codeAt } from "../lint/phrases";
import type { Site, Value } from "../python/values/value";
import type { Analysis, ProjectAnalysis } from "./analysis";
import { briefText, groupChanges } from "./briefValue";
import { isUsable } from "./completionItems";
import { describeValue } from "./describeValue";
import type { Environment } from "./environments";
import type { ShownSetting, Status } from "./effectiveSettings";
import type { ValueChange } from "./valueChanges";
import { valueGroups, type ValueContext, type ValueGroup } from "./valueGroups";

/** One setting with what the environments get of it. */
export interface SettingView {
  readonly name: string;
  /** What one of Django's settings is for, and its page. */
  readonly summary: string | undefined;
  readonly docs: string | undefined;
  /** Whether any of the environments sets it; else all have Django's default. */
  readonly isSet: boolean;
  /** Whether any of them gets something else than Django's default; a project's own setting has none. */
  readonly isChanged: boolean;
  /** Environments that get the same, in their order; more than one: they differ. */
  readonly groups: readonly GroupView[];
}

export interface GroupView {
  readonly environments: readonly Environment[];
  /** A few words; of long lists and dicts what they have more and less than those of the first group. */
  readonly text: string;
  /** The whole value, up to a limit. */
  readonly full: string;
  readonly status: Status;
  /** Django's default: no module sets it. */
  readonly isDefault: boolean;
  readonly isMasked: boolean;
  /** Why the value is not known. */
  readonly reason: string | undefined;
  /** The code that may replace the value, and that is not in the workspace. */
  readonly overridable: string | undefined;
  /** Where it is set. */
  readonly place: Site | undefined;
  /** Items, keys and alternatives; in later groups of lists and dicts what is other than in the first. */
  readonly parts: readonly PartView[];
}

export interface PartView {
  /** A key, or a condition; `undefined` for an item. */
  readonly label: string | undefined;
  readonly text: string;
  readonly change: ValueChange["kind"] | undefined;
  readonly parts: readonly PartView[];
}

/** Longer values are cut, and longer lists; deeper ones are one text. */
const MAX_FULL = 2000;
const MAX_PARTS = 200;
const MAX_DEPTH = 4;
const MAX_PART = 200;

/**
 * The effective settings of some environments of a project, in alphabetical order: all that they set, and all that the
 * project's Django has. What differs is described against the first group of each setting.
 */
export function settingViews(
  analysis: Analysis,
  owner: ProjectAnalysis,
  environments: readonly Environment[],
): readonly SettingView[] {
  const django = owner.project.django?.version;
  const names = new Set([
    ...environments.flatMap(({ entry }) => settingNames(entry.evaluation.names)),
    ...djangoSettingNames().filter((name) => isUsable(name, django)),
  ]);
  return [...names].toSorted().flatMap((name) => settingView(analysis, { name, environments, django }) ?? []);
}

interface Asked {
  readonly name: string;
  readonly environments: readonly Environment[];
  readonly django: readonly [number, number] | undefined;
}

function settingView(analysis: Analysis, { name, environments, django }: Asked): SettingView | undefined {
  const context: ValueContext = { redactor: analysis.redactor, django };
  const groups = valueGroups(environments, name, context);
  const isSet = groups.some(({ isDefault }) => !isDefault);
  const fact = settingFact(name);
  if (!isSet && fact === undefined) return undefined;
  const fallback = defaultOf(name, django);
  const standard = fallback === undefined ? undefined : analysis.redactor.clean(describeValue(fallback));
  return {
    name,
    summary: settingSummary(name),
    docs: fact?.docs,
    isSet,
    isChanged: groups.some(({ isDefault, shown }) => !isDefault && !isOnly(shown, standard)),
    groups: groups.map((group) => groupView(analysis, group, groups[0] ?? group)),
  };
}

/** Whether a setting certainly has the value of this text. */
function isOnly({ outcomes }: ShownSetting, text: string | undefined): boolean {
  return text !== undefined && outcomes.every((outcome) => outcome.status === "known" && outcome.text === text);
}

function groupView(analysis: Analysis, group: ValueGroup, first: ValueGroup): GroupView {
  const { shown, step } = group;
  const overridable = shown.outcomes.find((outcome) => outcome.overridable !== undefined)?.overridable;
  return {
    ...wordsOf(analysis, group, group === first ? undefined : first),
    environments: group.environments,
    status: shown.status,
    isDefault: group.isDefault && shown.status !== "unset",
    isMasked: shown.masked,
    reason: shown.outcomes.flatMap(({ causes }) => causes)[0],
    overridable: overridable && analysis.redactor.clean(codeAt(analysis, overridable.site)),
    place: step && { file: step.site.file, range: step.target },
  };
}

/** A value in words. */
type Words = Pick<GroupView, "text" | "full" | "parts">;

/** Looking for secrets in each text is most of the work of a view: kept while the two groups are shown as the same objects. */
const known = new WeakMap<ShownSetting, { readonly base: ShownSetting | undefined; readonly words: Words }>();

function wordsOf(analysis: Analysis, group: ValueGroup, base: ValueGroup | undefined): Words {
  const { shown } = group;
  const before = known.get(shown);
  if (before !== undefined && before.base === base?.shown) return before.words;
  const whole = shown.outcomes.map(({ text, when }) => text + (when === "" ? "" : ` if ${when}`)).join("\nor ");
  const words: Words = {
    text: briefText(group, base, analysis.redactor),
    full: cut(whole, MAX_FULL),
    parts: partsOf(analysis, group, base),
  };
  known.set(shown, { base: base?.shown, words });
  return words;
}

function partsOf({ redactor }: Analysis, group: ValueGroup, base: ValueGroup | undefined): readonly PartView[] {
  const { shown, outcomes } = group;
  const [only, ...others] = outcomes;
  if (only === undefined) return [];
  if (others.length > 0)
    return shown.outcomes.map(({ text, when }) => ({
      label: when === "" ? undefined : `if ${when}`,
      text: cut(text, MAX_PART),
      change: undefined,
      parts: [],
    }));
  const changes = base === undefined ? undefined : groupChanges(base, group, redactor);
  const clean = (text: string): string => redactor.clean(text);
  if (changes === undefined || changes.length === 0)
    return partsIn(redactor.cleanValue(only.value, shown.name), 0, clean);
  return changes.slice(0, MAX_PARTS).map(({ kind, key, value }) => ({
    label: key === undefined ? undefined : clean(key),
    text: value === undefined ? "other order" : cut(clean(describeValue(value)), MAX_PART),
    change: kind,
    parts: [],
  }));
}

/** The items of a list, the keys of a dict and the two sides of a choice, and theirs. */
function partsIn(value: Value, depth: number, clean: (text: string) => string): readonly PartView[] {
  if (depth >= MAX_DEPTH) return [];
  const part = (label: string | undefined, each: Value, prefix = ""): PartView => {
    const parts = partsIn(each, depth + 1, clean);
    return { label, text: cut(clean(prefix + describeValue(each)), MAX_PART), change: undefined, parts };
  };
  if ("items" in value)
    return value.items.slice(0, MAX_PARTS).map((item) => part(undefined, item.value, item.spread ? "*" : ""));
  if (value.kind === "choice") return [part(clean(`if ${value.test.text}`), value.yes), part("else", value.no)];
  if (value.kind !== "dict") return [];
  return value.entries
    .slice(0, MAX_PARTS)
    .map(({ key, value: each }) =>
      key === undefined ? part(undefined, each, "**") : part(clean(describeValue(key)), each),
    );
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
