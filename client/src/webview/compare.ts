import type { ProjectSettings, SettingGroupInfo, SettingInfo, SettingPart } from "../../../server/src/protocol";
import { check, choice, replaceControls, search } from "./controls";
import { element, host, link, moveWithArrows } from "./dom";
import type { Comparison, FromPage } from "./messages";

/** What the person has chosen on the page; kept while it is drawn again. */
const chosen = { text: "", withSame: false };

const table = element("tbody", {});
const count = element("p", { role: "status", class: "count" });
const head = element("thead", {});
const controls = element("div", { class: "controls", role: "group", "aria-label": "Environments" });

/** Draws the page that compares two environments; each message replaces what it shows. */
export function showComparison(
  { projects, shown }: { readonly projects: readonly ProjectSettings[]; readonly shown: Comparison },
  page: HTMLElement,
): void {
  host.setState(shown);
  if (!page.contains(table))
    page.replaceChildren(
      controls,
      count,
      element("table", { "aria-label": "Effective settings of two environments" }, head, table),
    );
  const project = projects.find(({ root }) => root === shown.root);
  if (project === undefined) return;
  drawControls(projects, project, shown);
  drawTable(project, shown);
}

function drawControls(projects: readonly ProjectSettings[], project: ProjectSettings, shown: Comparison): void {
  const compare = (next: Partial<Comparison>): void => send({ type: "compare", shown: { ...shown, ...next } });
  const modules = project.environments.map(({ module, name }) => [module, `${name} (${module})`] as const);
  const parts: (Node | string)[] = [];
  if (projects.length > 1)
    parts.push(
      choice(
        "Project",
        projects.map(({ root, name }) => [root, name] as const),
        shown.root,
        (root) => compare({ root, left: "", right: "" }),
      ),
    );
  parts.push(choice("First environment", modules, shown.left, (left) => compare({ left })));
  const swap = element("button", { type: "button", "aria-label": "Swap environments", title: "Swap" }, "⇄");
  swap.addEventListener("click", () => compare({ left: shown.right, right: shown.left }));
  parts.push(
    swap,
    choice("Second environment", modules, shown.right, (right) => compare({ right })),
  );
  parts.push(
    search("Filter settings", chosen.text, (text) => {
      chosen.text = text;
      drawTable(project, shown);
    }),
    check("Show equal settings, too", "equal ones, too", chosen.withSame, (withSame) => {
      chosen.withSame = withSame;
      drawTable(project, shown);
    }),
  );
  replaceControls(controls, parts);
}

function drawTable(project: ProjectSettings, shown: Comparison): void {
  const nameOf = (module: string): string =>
    project.environments.find((each) => each.module === module)?.name ?? module;
  const [left, right] = [nameOf(shown.left), nameOf(shown.right)];
  head.replaceChildren(
    element("tr", {}, ...["Setting", left, right].map((title) => element("th", { scope: "col" }, title))),
  );
  const wanted = project.settings.filter(
    ({ name, isSet, groups }) =>
      isSet && (chosen.withSame || groups.length > 1) && name.includes(chosen.text.trim().toUpperCase()),
  );
  const differing = project.settings.filter(({ groups }) => groups.length > 1).length;
  count.textContent =
    left === right
      ? "Choose two different environments."
      : `${differing} ${differing === 1 ? "setting differs" : "settings differ"} between ${left} and ${right}.`;
  const before = document.activeElement?.getAttribute("data-setting");
  const rows = wanted.map((setting) => rowOf(setting));
  table.replaceChildren(...rows);
  moveWithArrows(rows, ["ArrowUp", "ArrowDown"]);
  rows.find((row) => row.dataset["setting"] === before)?.focus();
}

function rowOf(setting: SettingInfo): HTMLTableRowElement {
  const [first, second] = setting.groups;
  const cells = first === undefined ? [] : [valueCell(first, false), valueCell(second ?? first, second !== undefined)];
  const name = element("th", { scope: "row", title: setting.summary ?? "" }, setting.name);
  const row = element("tr", { "data-setting": setting.name, class: second === undefined ? "same" : "differs" }, name);
  row.append(...cells);
  row.addEventListener("keydown", (event) => {
    const place = setting.groups.find((group) => group.place !== undefined)?.place;
    if (event.key === "Enter" && event.target === row && place !== undefined) send({ type: "open", place });
  });
  return row;
}

function valueCell(group: SettingGroupInfo, isCompared: boolean): HTMLTableCellElement {
  const changes = isCompared ? group.parts.filter(({ change }) => change !== undefined) : [];
  const value =
    changes.length > 0
      ? changeList(changes)
      : group.parts.length > 0
        ? element("div", { class: "value" }, partList(group.parts))
        : element("code", { class: "value" }, group.full);
  const notes = element("div", { class: "notes" });
  const { place, unknown, overridable } = group;
  if (place !== undefined) notes.append(link(place.label, "Open", () => send({ type: "open", place })));
  if (group.isDefault) notes.append(element("span", {}, "Django's default"));
  if (unknown !== undefined) notes.append(element("span", { class: "note" }, `unknown: ${unknown}`));
  if (overridable !== undefined)
    notes.append(element("span", { class: "note" }, `may be overridden by ${overridable}`));
  return element("td", {}, value, notes);
}

const SIGNS = { added: "+", removed: "−", changed: "~" } as const;

function changeList(changes: readonly SettingPart[]): HTMLElement {
  const lines = changes.map(({ label, text, change = "changed" }) => {
    const sign = element("span", { class: "sign", "aria-label": change }, SIGNS[change]);
    const written = label === undefined ? text : change === "removed" ? label : `${label}: ${text}`;
    return element("li", { class: change }, sign, element("code", {}, written));
  });
  return element("ul", { class: "changes" }, ...lines);
}

function partList(parts: readonly SettingPart[]): HTMLElement {
  const lines = parts.map(({ label, text, parts: inner }) => {
    if (inner.length === 0)
      return element("li", {}, element("code", {}, label === undefined ? text : `${label}: ${text}`));
    return element("li", {}, element("code", {}, label ?? "-"), partList(inner));
  });
  return element("ul", { class: "parts" }, ...lines);
}

function send(message: FromPage): void {
  host.postMessage(message);
}
