import type { GraphEntryPoint, GraphModule, GraphProject, GraphResult } from "../../../server/src/protocol";
import { element, host, link, moveWithArrows, svg } from "./dom";
import type { FromPage } from "./messages";

/** A box of the picture. */
interface Box {
  readonly key: string;
  readonly title: string;
  readonly note: string;
  readonly stripe: string;
  readonly details: readonly string[];
  readonly place: GraphModule["place"];
  readonly module: GraphModule | undefined;
  /** Columns are counted from the left: what selects, then modules, each left of what it imports. */
  readonly column: number;
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: "selects" | "imports";
}

interface Placed extends Box {
  readonly x: number;
  readonly y: number;
}

const WIDTH = 200;
const HEIGHT = 44;
const GAP_X = 56;
const GAP_Y = 14;
const MARGIN = 8;

/** Draws the graph of settings: a picture for each project, and below it what is known of the chosen box. */
export function showGraph({ projects }: GraphResult, page: HTMLElement): void {
  const focused = document.activeElement?.getAttribute("data-key");
  if (projects.length === 0) {
    page.replaceChildren(
      element("p", { role: "status" }, "No Django settings module has been found in this workspace."),
    );
    return;
  }
  page.replaceChildren(...projects.map((project) => projectSection(project)));
  if (focused !== null && focused !== undefined)
    [...page.querySelectorAll<SVGElement>("[data-key]")].find((each) => each.dataset["key"] === focused)?.focus();
}

function projectSection(project: GraphProject): HTMLElement {
  const version = project.django === undefined ? "" : `, Django ${project.django}`;
  const details = element("section", { class: "details", "aria-live": "polite" });
  const section = element("section", {}, element("h2", {}, project.name + version));
  section.append(picture(project, details), details);
  return section;
}

function picture(project: GraphProject, details: HTMLElement): HTMLElement {
  const { boxes, edges } = contents(project);
  const placed = layOut(boxes, edges);
  const at = new Map(placed.map((box) => [box.key, box]));
  const width = Math.max(...placed.map(({ x }) => x + WIDTH)) + MARGIN;
  const height = Math.max(...placed.map(({ y }) => y + HEIGHT)) + MARGIN;
  const lines = edges.flatMap(({ from, to, kind }) => {
    const [start, end] = [at.get(from), at.get(to)];
    return start === undefined || end === undefined
      ? []
      : [svg("path", { class: kind, d: curve(start, end), "marker-end": "url(#arrow)" })];
  });
  const nodes = placed.map((box) => {
    const node = boxNode(box);
    const choose = (): void => {
      for (const other of nodes) other.removeAttribute("aria-current");
      node.setAttribute("aria-current", "true");
      showDetails(project, box, details);
    };
    node.addEventListener("focus", choose);
    node.addEventListener("click", () => send({ type: "open", place: box.place }));
    node.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") send({ type: "open", place: box.place });
    });
    return node;
  });
  moveWithArrows(nodes, ["ArrowUp", "ArrowDown"]);
  const arrow = svg(
    "marker",
    { id: "arrow", viewBox: "0 0 8 8", refX: "7", refY: "4", markerWidth: "7", markerHeight: "7", orient: "auto" },
    svg("path", { d: "M0 0L8 4L0 8z" }),
  );
  const size = { width: `${width}`, height: `${height}`, viewBox: `0 0 ${width} ${height}` };
  const drawn = svg(
    "svg",
    { ...size, role: "group", "aria-label": "Settings graph" },
    svg("defs", {}, arrow),
    ...lines,
    ...nodes,
  );
  return element("div", { class: "graph" }, drawn);
}

function contents({ modules, entryPoints }: GraphProject): {
  readonly boxes: readonly Box[];
  readonly edges: readonly Edge[];
} {
  const depths = depthsOf(modules);
  const boxes = [
    ...entryPoints.map((point, index) => entryBox(point, `e${index}`)),
    ...modules.map((module, index) => moduleBox(module, `m${index}`, 1 + (depths[index] ?? 0))),
  ];
  const edges = [
    ...entryPoints.flatMap(({ selects }, index): readonly Edge[] =>
      selects === undefined ? [] : [{ from: `e${index}`, to: `m${selects}`, kind: "selects" }],
    ),
    ...modules.flatMap(({ imports }, index) =>
      imports.map((to): Edge => ({ from: `m${index}`, to: `m${to}`, kind: "imports" })),
    ),
  ];
  return { boxes, edges };
}

function entryBox(point: GraphEntryPoint, key: string): Box {
  const { place, kind, purpose, selects } = point;
  const what = purpose === "any" ? kind : `${kind}, ${purpose}`;
  const note = selects === undefined ? `${what}, no such module` : what;
  return { key, title: place.label, note, stripe: purpose, details: [], place, module: undefined, column: 0 };
}

function moduleBox(module: GraphModule, key: string, column: number): Box {
  const note = module.role === "single" ? "the only settings module" : module.role;
  return {
    key,
    title: module.module,
    note,
    stripe: module.role,
    details: module.evidence,
    place: module.place,
    module,
    column,
  };
}

/** How many imports lead to each module at most: it stands right of all that import it. Circles are cut. */
function depthsOf(modules: readonly GraphModule[]): readonly number[] {
  const depths = modules.map(() => 0);
  for (let round = 0; round < modules.length; round++)
    modules.forEach(({ imports }, from) => {
      for (const to of imports)
        depths[to] = Math.min(Math.max(depths[to] ?? 0, (depths[from] ?? 0) + 1), modules.length);
    });
  const used = [...new Set(depths)].toSorted((a, b) => a - b);
  return depths.map((depth) => used.indexOf(depth));
}

/**
 * Places boxes in their columns, from the right to the left: each beside what it leads to on average, so that few lines cross, and
 * the columns centred.
 */
function layOut(boxes: readonly Box[], edges: readonly Edge[]): readonly Placed[] {
  const rows = new Map<string, number>();
  const columns = [...new Set(boxes.map(({ column }) => column))].toSorted((a, b) => b - a);
  const longest = Math.max(...columns.map((column) => boxes.filter((box) => box.column === column).length));
  const placed = new Map<string, Placed>();
  for (const column of columns) {
    const own = boxes.filter((box) => box.column === column);
    const wish = new Map(own.map((box, index) => [box.key, wishedRow(box, edges, rows) ?? index]));
    const sorted = own.toSorted((a, b) => (wish.get(a.key) ?? 0) - (wish.get(b.key) ?? 0));
    const first = (longest - own.length) / 2;
    sorted.forEach((box, index) => {
      rows.set(box.key, first + index);
      const y = MARGIN + (first + index) * (HEIGHT + GAP_Y);
      placed.set(box.key, { ...box, x: MARGIN + column * (WIDTH + GAP_X), y });
    });
  }
  // The order in which a person walks through them: from the left to the right.
  return [...placed.values()].toSorted((a, b) => a.x - b.x || a.y - b.y);
}

/** The middle of the rows that a box leads to. */
function wishedRow({ key }: Box, edges: readonly Edge[], rows: ReadonlyMap<string, number>): number | undefined {
  const targets = edges.flatMap(({ from, to }) => (from === key ? (rows.get(to) ?? []) : []));
  return targets.length === 0 ? undefined : targets.reduce((sum, row) => sum + row, 0) / targets.length;
}

function curve(from: Placed, to: Placed): string {
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x - 1, to.y + HEIGHT / 2];
  const bend = Math.max(GAP_X / 2, (x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function boxNode({ key, title, note, stripe, details, x, y }: Placed): SVGElement {
  const size = { x: `${x}`, y: `${y}`, height: `${HEIGHT}`, rx: "3" };
  return svg(
    "g",
    { class: "node", role: "link", "data-key": key, "aria-label": [`${title}, ${note}.`, ...details].join(" ") },
    svg("title", {}, [title, ...details].join("\n")),
    svg("rect", { ...size, class: "box", width: `${WIDTH}` }),
    svg("rect", { ...size, class: `stripe-${stripe}`, width: "4" }),
    svg("text", { x: `${x + 12}`, y: `${y + 18}` }, shortened(title)),
    svg("text", { x: `${x + 12}`, y: `${y + 35}`, class: "role" }, note),
  );
}

/** The end of a name tells most. */
function shortened(text: string): string {
  return text.length <= 28 ? text : `…${text.slice(-27)}`;
}

function showDetails(project: GraphProject, box: Box, details: HTMLElement): void {
  const { module, place } = box;
  const open = link(place.label, "Open", () => send({ type: "open", place }));
  const list = element("ul", {}, ...box.details.map((text) => element("li", {}, text)));
  details.replaceChildren(element("h3", {}, `${box.title}: ${box.note}`), list, open);
  if (module === undefined) return;
  const correct = link("Change role…", "Write another role to pyproject.toml", () =>
    send({ type: "role", root: project.root, module: module.module }),
  );
  details.append(" · ", correct);
}

function send(message: FromPage): void {
  host.postMessage(message);
}
