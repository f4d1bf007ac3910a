import {
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeDataProvider,
} from "vscode";
import type { ProjectSettings, SettingGroupInfo, SettingInfo, SettingPart } from "../../server/src/protocol";
import { openPlaceCommand } from "./places";

/** Which settings the tree shows. */
export type SettingsFilter = "set" | "changed" | "all";

/** A line of the tree: what it shows, and the lines below it. */
interface Node {
  readonly item: TreeItem;
  readonly children: readonly Node[];
}

/** The tree of effective settings: what differs between environments first, then what is the same in all. */
export class SettingsTree implements TreeDataProvider<Node> {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private top: readonly Node[] = [];
  /** The node above each node; those at the top have none. */
  private readonly parents = new Map<Node, Node>();

  show(projects: readonly ProjectSettings[], filter: SettingsFilter): void {
    this.top = topNodes(projects, filter);
    this.parents.clear();
    this.noteParents(this.top);
    this.changed.fire();
  }

  /** The node of a setting of the project with this root; `undefined` where the filter leaves it out. */
  nodeOf(root: string, setting: string): Node | undefined {
    const id = settingId(root, setting);
    return [...this.parents.keys(), ...this.top].find(({ item }) => item.id === id);
  }

  getTreeItem(node: Node): TreeItem {
    return node.item;
  }

  getChildren(node?: Node): Node[] {
    return [...(node?.children ?? this.top)];
  }

  getParent(node: Node): Node | undefined {
    return this.parents.get(node);
  }

  private noteParents(nodes: readonly Node[]): void {
    for (const node of nodes) {
      for (const child of node.children) this.parents.set(child, node);
      this.noteParents(node.children);
    }
  }
}

function topNodes(projects: readonly ProjectSettings[], filter: SettingsFilter): readonly Node[] {
  const [only, ...others] = projects;
  if (only === undefined) return [];
  if (others.length === 0) return sections(only, filter);
  return projects.map((project) => {
    const environments = project.environments.map(({ name }) => name).join(", ");
    return branch(project.root, project.name, environments, sections(project, filter), "open");
  });
}

function settingId(root: string, setting: string): string {
  return `${root}#${setting}`;
}

function sections(project: ProjectSettings, filter: SettingsFilter): readonly Node[] {
  const shown = project.settings.filter(
    ({ isSet, isChanged }) => filter === "all" || (filter === "set" ? isSet : isChanged),
  );
  const nodes = (settings: readonly SettingInfo[]): readonly Node[] =>
    settings.map((setting) => settingNode(settingId(project.root, setting.name), setting));
  // With one environment there is nothing to differ.
  if (project.environments.length < 2) return nodes(shown);
  const differing = shown.filter(({ groups }) => groups.length > 1);
  const same = shown.filter(({ groups }) => groups.length === 1);
  return [
    branch(`${project.root}#differ`, "Differ between environments", `${differing.length}`, nodes(differing), "open"),
    branch(`${project.root}#same`, "Same in all environments", `${same.length}`, nodes(same), "open"),
  ];
}

function branch(
  id: string,
  label: string,
  description: string,
  children: readonly Node[],
  state: "open" | "closed",
): Node {
  const item = new TreeItem(label, stateOf(children, state));
  item.id = id;
  item.description = description;
  return { item, children };
}

function stateOf(children: readonly Node[], state: "open" | "closed"): TreeItemCollapsibleState {
  if (children.length === 0) return TreeItemCollapsibleState.None;
  return state === "open" ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

function settingNode(id: string, setting: SettingInfo): Node {
  const { name, groups } = setting;
  const [first, ...others] = groups;
  const children =
    others.length > 0 || first === undefined
      ? groups.map((group, index) => groupNode(`${id}/${index}`, group))
      : partNodes(id, first.parts);
  const text = others.length === 0 && first !== undefined ? valueText(first) : groups.map(groupText).join(" · ");
  const node = branch(id, name, text, children, "closed");
  const { item } = node;
  item.iconPath = settingIcon(groups);
  item.tooltip = tooltip(setting);
  item.contextValue = "setting";
  item.accessibilityInformation = { label: `${name}: ${text}` };
  const place = groups.find((group) => group.place !== undefined)?.place;
  if (place !== undefined) item.command = { command: openPlaceCommand, title: "Go to Assignment", arguments: [place] };
  return node;
}

function groupNode(id: string, group: SettingGroupInfo): Node {
  const text = valueText(group);
  const node = branch(id, group.environments.join(", "), text, partNodes(id, group.parts), "closed");
  const { item } = node;
  item.iconPath = valueIcon(group);
  item.tooltip = new MarkdownString().appendCodeblock(group.full, "python");
  if (group.place !== undefined) {
    item.tooltip.appendMarkdown(`\n\n${group.place.label}`);
    item.command = { command: openPlaceCommand, title: "Go to Assignment", arguments: [group.place] };
  }
  item.accessibilityInformation = { label: `${group.environments.join(", ")}: ${text}` };
  return node;
}

function groupText({ environments, text }: SettingGroupInfo): string {
  return `${environments.join(", ")}: ${text}`;
}

/** The value with what has to be known of it. */
function valueText({ text, isDefault, overridable }: SettingGroupInfo): string {
  const notes = [isDefault ? "default" : [], overridable === undefined ? [] : `may be overridden by ${overridable}`];
  const told = notes.flat().join(", ");
  return told === "" ? text : `${text} (${told})`;
}

function settingIcon(groups: readonly SettingGroupInfo[]): ThemeIcon {
  if (groups.some(({ unknown }) => unknown !== undefined)) return UNKNOWN;
  if (groups.some(({ isMasked }) => isMasked)) return SECRET;
  return new ThemeIcon(groups.length > 1 ? "diff" : "symbol-constant");
}

const UNKNOWN = new ThemeIcon("question");
const SECRET = new ThemeIcon("lock");
/** Something that is not in the workspace may replace the value. */
const OVERRIDABLE = new ThemeIcon("layers");

/** What is to be noticed of a value. */
function valueIcon({ unknown, overridable, isMasked }: SettingGroupInfo): ThemeIcon {
  if (unknown !== undefined) return UNKNOWN;
  if (overridable !== undefined) return OVERRIDABLE;
  return isMasked ? SECRET : new ThemeIcon("server-environment");
}

const CHANGE_ICONS = {
  added: new ThemeIcon("diff-added", new ThemeColor("gitDecoration.addedResourceForeground")),
  removed: new ThemeIcon("diff-removed", new ThemeColor("gitDecoration.deletedResourceForeground")),
  changed: new ThemeIcon("diff-modified", new ThemeColor("gitDecoration.modifiedResourceForeground")),
} as const;

function partNodes(id: string, parts: readonly SettingPart[]): readonly Node[] {
  return parts.map(({ label, text, change, parts: inner }, index) => {
    const own = `${id}/${index}`;
    const children = partNodes(own, inner);
    const node = branch(own, label ?? text, label === undefined ? "" : text, children, "closed");
    if (change !== undefined) {
      node.item.iconPath = CHANGE_ICONS[change];
      node.item.accessibilityInformation = { label: `${change}: ${label ?? ""} ${text}` };
    }
    node.item.tooltip = text;
    return node;
  });
}

function tooltip({ name, summary, docs, groups }: SettingInfo): MarkdownString {
  const text = new MarkdownString(`**${name}**`);
  if (summary !== undefined) text.appendText(`: ${summary}`);
  for (const group of groups) {
    text.appendMarkdown("\n\n").appendText(group.environments.join(", "));
    text.appendCodeblock(group.full.length > 400 ? `${group.full.slice(0, 400)}…` : group.full, "python");
  }
  if (docs !== undefined) text.appendMarkdown(`\n\n[Django documentation](${docs})`);
  return text;
}
