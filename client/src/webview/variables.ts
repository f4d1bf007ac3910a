import type { PlacedLocation, ProjectVariables, VariableInfo } from "../../../server/src/protocol";
import { choice, check, replaceControls, search } from "./controls";
import { element, host, link, moveWithArrows } from "./dom";
import type { FromPage } from "./messages";

/** What the person has chosen on the page; kept while it is drawn again. `environment`: a name, empty for all. */
const chosen = { root: "", environment: "", text: "", onlyRequired: false };

const table = element("tbody", {});
const count = element("p", { role: "status", class: "count" });
const controls = element("div", { class: "controls", role: "group", "aria-label": "Shown variables" });
const columns = ["Variable", "Needed by", "Decides", "Set by deployment files"];

/** Draws the page of environment variables; each message replaces what it shows. */
export function showVariables(projects: readonly ProjectVariables[], page: HTMLElement): void {
  const project = projects.find(({ root }) => root === chosen.root) ?? projects[0];
  if (project === undefined) {
    const text = "No Django settings module has been found in this workspace.";
    page.replaceChildren(element("p", { role: "status" }, text));
    return;
  }
  if (!project.environments.some(({ name }) => name === chosen.environment)) chosen.environment = "";
  if (!page.contains(table)) {
    const head = element("tr", {}, ...columns.map((title) => element("th", { scope: "col" }, title)));
    const all = element(
      "table",
      { class: "variables", "aria-label": "Environment variables" },
      element("thead", {}, head),
      table,
    );
    page.replaceChildren(controls, count, all);
  }
  const choose = (next: Partial<typeof chosen>): void => {
    Object.assign(chosen, next);
    showVariables(projects, page);
  };
  drawControls(projects, project, choose);
  drawTable(project);
}

function drawControls(
  projects: readonly ProjectVariables[],
  project: ProjectVariables,
  choose: (next: Partial<typeof chosen>) => void,
): void {
  const roots = projects.map(({ root, name }) => [root, name] as const);
  const environments = project.environments.map(({ name, module }) => [name, `${name} (${module})`] as const);
  replaceControls(controls, [
    ...(projects.length > 1 ? [choice("Project", roots, project.root, (root) => choose({ root }))] : []),
    choice("Environment", [["", "All environments"], ...environments], chosen.environment, (environment) =>
      choose({ environment }),
    ),
    search("Filter variables", chosen.text, (text) => {
      chosen.text = text;
      drawTable(project);
    }),
    check("Show required variables only", "required only", chosen.onlyRequired, (onlyRequired) =>
      choose({ onlyRequired }),
    ),
  ]);
}

function drawTable(project: ProjectVariables): void {
  const read = project.variables.filter(({ needs }) => needs.some(({ environments }) => environments.some(isShown)));
  const wanted = chosen.text.trim().toUpperCase();
  const rows = read
    .filter((variable) => !chosen.onlyRequired || isRequired(variable))
    .filter(({ name, settings }) => [name, ...settings].some((each) => each.toUpperCase().includes(wanted)))
    .toSorted((a, b) => urgency(b) - urgency(a))
    .map((variable) => rowOf(project, variable));
  count.textContent = countText(read);
  const before = document.activeElement?.getAttribute("data-variable");
  table.replaceChildren(...rows);
  moveWithArrows(rows, ["ArrowUp", "ArrowDown"]);
  rows.find((row) => row.dataset["variable"] === before)?.focus();
}

/** What is missing stands first, then what is required. */
function urgency(variable: VariableInfo): number {
  return variable.missing.some(isShown) ? 2 : isRequired(variable) ? 1 : 0;
}

function isShown(environment: string): boolean {
  return chosen.environment === "" || environment === chosen.environment;
}

function isRequired({ needs }: VariableInfo): boolean {
  return needs.some((need) => need.isRequired && need.environments.some(isShown));
}

function countText(read: readonly VariableInfo[]): string {
  if (read.length === 0) return "The settings read no environment variables.";
  const missing = read.filter((variable) => variable.missing.some(isShown)).length;
  const required = read.filter(isRequired).length;
  const total = `${read.length} ${read.length === 1 ? "variable" : "variables"}, ${required} required`;
  return missing === 0 ? `${total}.` : `${total}, ${missing} of them not set by the deployment files.`;
}

function rowOf(project: ProjectVariables, variable: VariableInfo): HTMLTableRowElement {
  const { name, type, libraries, reads } = variable;
  const head = element("th", { scope: "row" }, name);
  const library = libraries.map((each) => (each === "os" ? "os.environ" : each)).join(", ");
  head.append(element("div", { class: "notes" }, element("span", {}, `${type} · ${library}`)));
  const row = element("tr", { "data-variable": name }, head);
  row.append(needsCell(project, variable), settingsCell(project, variable), deploymentCell(variable));
  row.addEventListener("keydown", (event) => {
    const place = reads[0];
    if (event.key === "Enter" && event.target === row && place !== undefined) send({ type: "open", place });
  });
  return row;
}

/** Who requires it and who has a default, then where it is read. */
function needsCell(project: ProjectVariables, { needs, reads }: VariableInfo): HTMLTableCellElement {
  const lines = needs
    .filter(({ environments }) => environments.some(isShown))
    .map(({ environments, isRequired, default: fallback }) => {
      const isEverywhere = chosen.environment === "" && environments.length === project.environments.length;
      const who = isEverywhere ? "all environments" : environments.filter(isShown).join(", ");
      if (isRequired) return element("li", {}, element("strong", {}, "required"), ` in ${who}`);
      return element("li", {}, "default ", element("code", {}, fallback ?? "none"), ` in ${who}`);
    });
  const places = element("div", { class: "notes" }, element("span", {}, "read at"), ...reads.map(placeLink));
  return element("td", {}, element("ul", {}, ...lines), places);
}

function settingsCell({ root }: ProjectVariables, { settings }: VariableInfo): HTMLTableCellElement {
  const links = settings.map((name) =>
    element(
      "li",
      {},
      link(name, "Show in Effective Settings", () => send({ type: "setting", root, name })),
    ),
  );
  return element("td", {}, element("ul", {}, ...links));
}

function deploymentCell({ set, missing }: VariableInfo): HTMLTableCellElement {
  const places = set.map((place) => {
    const scope = place.scope === undefined ? "" : ` (${place.scope})`;
    return element("li", {}, placeLink(place), scope);
  });
  const lacking = missing.filter(isShown);
  const lack = element("li", { class: "missing" }, `not set for ${lacking.join(", ")}`);
  const none = element("li", { class: "count" }, "not set");
  return element(
    "td",
    {},
    element("ul", {}, ...places, ...(lacking.length > 0 ? [lack] : set.length === 0 ? [none] : [])),
  );
}

function placeLink(place: PlacedLocation): HTMLButtonElement {
  return link(place.label, "Open", () => send({ type: "open", place }));
}

function send(message: FromPage): void {
  host.postMessage(message);
}
