import { baseName } from "../base/path";
import type { FilePath } from "../base/path";
import type { EntryPoint, EntryPointKind, Evidence, Role } from "./model";
import { isCopyName } from "./nameWords";
import type { Unit } from "./settingsUnits";
import type { StartedModule } from "./starts";

/*
 * What speaks for a role, how strongly, and how it is worded.
 *
 * decides  the configuration; a production start in a file for production that sets the variable
 * strong   the module's name; a start for which an image or a script sets the variable; a deployment file that sets it; the names
 *          of the folders; being selected for tests only, or for development only; being for a package's own command
 * weak     a start that gets the default of wsgi.py, since platforms set variables where nobody sees them, or what a compose file
 *          for everybody sets, and a host of the open internet among ALLOWED_HOSTS: these count, and confirm, where no other
 *          module is for production; who imports the module; DEBUG; other defaults; what other modules there are
 *
 * Tools that read settings without serving (mypy, pylint, Sphinx, editors) say nothing.
 */

/** Files that a server reads to start or configure a deployment. */
export const SERVER_FILES: ReadonlySet<EntryPointKind> = new Set<EntryPointKind>([
  "dockerfile",
  "compose",
  "procfile",
  "systemd",
  "supervisor",
  "uwsgi",
  "gunicorn",
  "env-file",
  "kubernetes",
  "paas",
]);

/** Files whose choice says what a module is for: with the scripts, which people start by hand, and CI jobs that deploy. */
const DEPLOYMENT_KINDS: ReadonlySet<EntryPointKind> = new Set<EntryPointKind>([
  ...SERVER_FILES,
  "shell",
  "makefile",
  "ci",
]);

/** Tools that read settings to check or document code, and what people start by hand in an editor. */
export const READERS: ReadonlySet<EntryPointKind> = new Set<EntryPointKind>(["mypy", "pylint", "sphinx", "editor"]);

/** How files are named in texts. */
export interface Places {
  /** A file as people name it: relative to the workspace. */
  readonly relativeOf: (file: FilePath) => string;
  /** A place in one, e.g. `docker/Dockerfile:12`. */
  readonly placeOf: (place: Pick<EntryPoint, "file" | "range">) => string;
}

/** The entry points that run something with the module. */
export function runningPoints({ points }: Unit): readonly EntryPoint[] {
  return points.filter((point) => !READERS.has(point.kind));
}

/** What the module's name, its folders, and the files that start or select it say; the strongest first. */
export function ownEvidence(unit: Unit, places: Places): readonly Evidence[] {
  const starts = startEvidence(unit, places);
  const all = [
    ...starts,
    ...nameEvidence(unit),
    ...selectionEvidence(unit, places),
    ...folderEvidence(unit),
    ...hostEvidence(unit),
    ...toolEvidence(unit, places),
  ];
  const order: readonly Evidence["kind"][] = ["name", "start", "entry-point", "folder", "host", "tool"];
  const rank = ({ strength, kind }: Evidence): number => STRENGTHS.indexOf(strength) * 10 + order.indexOf(kind);
  return all.sort((a, b) => rank(a) - rank(b));
}

function startEvidence({ starts }: Unit, places: Places): readonly Evidence[] {
  return (["production", "staging"] as const).flatMap((role) => {
    const served = starts.filter((each) => each.purpose === role);
    const rank = (each: StartedModule): number => CERTAINTY[each.selected] * 2 + (isSiteStart(each) ? 0 : 1);
    const [best] = served.toSorted((a, b) => rank(a) - rank(b));
    if (best === undefined) return [];
    const { start, selection } = best;
    const where = places.placeOf(start);
    const chosen = places.placeOf(selection);
    const what = start.serves === "worker" ? "starts a worker with it" : "starts it";
    const text = `${where} ${what} for ${role}${chosen === where ? "" : `; ${chosen} selects it`}.`;
    const strength = STRENGTHS[CERTAINTY[best.selected]] ?? "weak";
    return [{ kind: "start", strength, role, text, file: start.file, range: start.range }];
  });
}

const STRENGTHS: readonly Evidence["strength"][] = ["decides", "strong", "weak"];
const CERTAINTY: Readonly<Record<StartedModule["selected"], number>> = { certain: 0, set: 1, default: 2 };

function nameEvidence(unit: Unit): readonly Evidence[] {
  const { usage, className } = unit;
  if (usage === undefined) return [];
  if (isSharedDevelopment(unit)) {
    const text = `Its name says development, but DEBUG is off and it answers for ${unit.visitedHost?.name ?? ""}.`;
    return [{ kind: "name", strength: "strong", role: "staging", text }];
  }
  return [saidByName(usage, className === undefined ? "Its name" : "Its class's name")];
}

/** A server that developers share, and that is there to be visited: no machine of one developer has hosts of the open internet. */
function isSharedDevelopment({ name, usage, debug, visitedHost }: Unit): boolean {
  const isCalledSo = /^dev(?:el(?:op(?:ment)?)?)?$/.test(name.slice(name.lastIndexOf(".") + 1));
  return usage === "development" && isCalledSo && debug === false && visitedHost !== undefined;
}

function folderEvidence({ usage, folderUsage }: Unit): readonly Evidence[] {
  if (usage !== undefined || folderUsage === undefined) return [];
  return [{ kind: "folder", strength: "strong", role: folderUsage, text: `Its folder's name says ${folderUsage}.` }];
}

function hostEvidence({ file, visitedHost }: Unit): readonly Evidence[] {
  if (visitedHost === undefined) return [];
  const { name, range } = visitedHost;
  const text = `It answers for ${name}, which is where it runs.`;
  return [{ kind: "host", strength: "weak", role: "production", text, file, range }];
}

/** Whether nothing but jobs of CI that deploy nothing run something with it: `DJANGO_SETTINGS_MODULE: shop.settings.base` for the documentation. */
export function isForJobsOnly(unit: Unit): boolean {
  const isOfJob = ({ kind, purpose }: EntryPoint): boolean =>
    kind === "ci" && purpose !== "production" && purpose !== "staging";
  return unit.starts.length === 0 && runningPoints(unit).every(isOfJob);
}

/**
 * A package that is installed has a command of its own, which needs some settings to start, and nobody visits them. What a server's
 * file selects or starts is for more than that, and so is what manage.py selects, if it has addresses to serve.
 */
function toolEvidence(unit: Unit, { placeOf }: Places): readonly Evidence[] {
  const points = runningPoints(unit);
  const [first] = points;
  const isServed = unit.starts.length > 0 || points.some((point) => isWeb(point) || SERVER_FILES.has(point.kind));
  if (isServed || unit.usage !== undefined || unit.className !== undefined) return [];
  // A project that people start is judged; what a command needs to start at all may lack anything.
  const isManaged = points.some(({ kind }) => kind === "manage.py");
  const role = isManaged ? "development" : "base";
  const tool = (text: string): readonly Evidence[] => [{ kind: "tool", strength: "strong", role, text }];
  if (unit.hasNoUrls) return tool("Its ROOT_URLCONF is empty: it is for commands, and serves no pages.");
  if (isManaged) return [];
  if (unit.isBesideCommands) return tool("Its folder is that of an app's commands.");
  if (first === undefined || !points.every(({ file }) => baseName(file) === "__main__.py")) return [];
  return tool(`${placeOf(first)} selects it for the package's own command.`);
}

function selectionEvidence(unit: Unit, places: Places): readonly Evidence[] {
  const points = runningPoints(unit);
  const deployed = (role: "production" | "staging"): EntryPoint | undefined =>
    points.find(
      (point) =>
        (DEPLOYMENT_KINDS.has(point.kind) || isWeb(point) || point.kind === "manage.py") && point.purpose === role,
    );
  const selected: [EntryPoint | undefined, Role][] = [
    [deployed("production"), "production"],
    [deployed("staging"), "staging"],
    [onlyPurpose(points, "test"), "test"],
    [onlyPurpose(points, "development"), "development"],
  ];
  return selected.flatMap(([point, role]) => {
    // What a start says with its place is not told twice.
    const isTold = (each: StartedModule): boolean =>
      each.purpose === role && point !== undefined && isSamePlace(each.selection, point);
    if (point === undefined || unit.starts.some(isTold)) return [];
    return [selection(point, role, "strong", `${places.placeOf(point)} selects it for ${role}.`)];
  });
}

/** The first entry point, when all that run the module are of one purpose. */
function onlyPurpose(points: readonly EntryPoint[], purpose: EntryPoint["purpose"]): EntryPoint | undefined {
  const telling = points.filter((point) => point.purpose !== "build");
  return telling.length > 0 && telling.every((point) => point.purpose === purpose) ? telling[0] : undefined;
}

export function isSamePlace(a: Pick<EntryPoint, "file" | "range">, b: Pick<EntryPoint, "file" | "range">): boolean {
  return a.file === b.file && a.range.start === b.range.start;
}

export function isWeb({ kind }: EntryPoint): boolean {
  return kind === "wsgi" || kind === "asgi";
}

/** Evidence that it is deployed, which counts where no other module is for production, however weak it is. */
export function isDeployed(kind: Evidence["kind"]): boolean {
  return kind === "start" || kind === "host";
}

/** Whether the role is in a name or stated, so that people see it, whatever runs the module. */
export function isStated({ kind }: Evidence): boolean {
  return kind === "config" || kind === "name" || kind === "folder";
}

/** What confirms a role, by being more than a guess or the default of one file. */
export function isConfirming({ strength, kind }: Evidence): boolean {
  return strength !== "weak" || isDeployed(kind);
}

export function isSiteStart({ start }: StartedModule): boolean {
  return start.serves !== "worker";
}

export function configEvidence(role: Role): Evidence {
  const words = role === "single" ? "the only settings module" : `a ${role} module`;
  return { kind: "config", strength: "decides", role, text: `The configuration says that it is ${words}.` };
}

/** A file selects it unless the variable is set; with `beside`, that is a reason for the role. */
export function defaultEvidence(point: EntryPoint, role: Role | undefined, places: Places, beside?: Beside): Evidence {
  const reason = beside === undefined ? "" : `, and ${besideText(beside)}`;
  return selection(point, role, "weak", `${places.placeOf(point)} selects it by default${reason}.`);
}

/** A module of that name beside this one is made where the project is deployed. */
export function madeElsewhereEvidence(point: EntryPoint, places: Places): Evidence {
  const text = `${places.placeOf(point)} selects ${point.value ?? ""}, which is made outside of the repository and builds on it.`;
  return selection(point, "base", "weak", text);
}

function selection(point: EntryPoint, role: Role | undefined, strength: Evidence["strength"], text: string): Evidence {
  return { kind: "entry-point", strength, role, text, file: point.file, range: point.range };
}

/** Only a step of a build needs it, such as `collectstatic` in an image that runs another module. */
export function onlyBuiltWithEvidence(point: EntryPoint, places: Places): Evidence {
  const text = `${places.placeOf(point)} selects it for a step of the build only; nothing starts it.`;
  return selection(point, "base", "weak", text);
}

/** Why a module is no entry; `running` is the module that runs where nothing has to do with this one. */
export function notAnEntryEvidence(unit: Unit, { relativeOf }: Places, running?: string): Evidence {
  return { kind: "imported-only", strength: "weak", role: "base", text: notAnEntryText(unit, relativeOf, running) };
}

function notAnEntryText(unit: Unit, relativeOf: (file: FilePath) => string, running: string | undefined): string {
  const [importer] = unit.importers;
  if (running !== undefined) return `Nothing selects or imports it; the project runs ${running}.`;
  if (importer !== undefined && runningPoints(unit).length > 0)
    return `Its name says that others build on it, as ${relativeOf(importer)} does.`;
  if (importer !== undefined)
    return `Nothing selects it; ${relativeOf(importer)} ${unit.isIncluded ? "includes" : "imports"} it.`;
  if (unit.isEmpty) return "It sets nothing.";
  if (isCopyName(unit.name)) return "Its name says that it is kept from before, and nothing selects it.";
  if (unit.isBaseName) return "Its name says that others build on it, and nothing selects it.";
  return "It sets too little to run by itself, and nothing selects it.";
}

/** It is the project's only module; `apart` from those for tests. */
export function onlyModuleEvidence(hasTests: boolean): Evidence {
  const apart = hasTests ? " apart from those for tests" : "";
  return positionEvidence("single", `It is the project's only settings module${apart}.`);
}

/** It imports the production module where something says so; `strong` where nothing else could serve production. */
export function chooserEvidence(production: string, strength: "strong" | "weak" = "weak"): Evidence {
  return { ...positionEvidence("single", `It chooses between environments: it imports ${production}.`), strength };
}

export function saidByName(role: Role, what = "Its name"): Evidence {
  return { kind: "name", strength: "strong", role, text: `${what} says ${role}.` };
}

/** It is what wsgi.py or asgi.py select, or all that is left. */
export function remainingEvidence(how: "selected" | "left"): Evidence {
  const left = "All other settings modules are for development or tests, or nothing selects them.";
  return positionEvidence("production", how === "selected" ? "No other settings module is for production." : left);
}

/** Another module is what runs. */
export function otherRunsEvidence(running: string): Evidence {
  return { ...positionEvidence("development", `Production runs ${running}.`), kind: "content" };
}

function positionEvidence(role: Role, text: string): Evidence {
  return { kind: "only-module", strength: "weak", role, text };
}

/** What stands beside a module that its `DEBUG`, or a default, is judged by; names are those of other modules. */
export type Beside =
  | { readonly kind: "production"; readonly names: readonly string[] }
  | { readonly kind: "also-runs" | "builds-on" | "is-built-upon"; readonly name: string }
  | { readonly kind: "others" };

/** `DEBUG` as it is written, and why that counts. */
export function debugEvidence(role: Role, debug: boolean | undefined, beside: Beside): Evidence {
  const said = debug === undefined ? "Nothing says what it is for" : `It sets DEBUG to ${debug ? "True" : "False"}`;
  return { kind: "content", strength: "weak", role, text: `${said}, and ${besideText(beside)}.` };
}

function besideText(beside: Beside): string {
  switch (beside.kind) {
    case "production":
      return `production has a module of its own: ${beside.names.join(", ")}`;
    case "also-runs":
      return `production also runs ${beside.name}`;
    case "builds-on":
      return `builds on ${beside.name}, where it is on`;
    case "is-built-upon":
      return `${beside.name} builds on it to turn that off`;
    case "others":
      return "other modules could run as well";
  }
}
