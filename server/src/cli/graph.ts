import { append } from "../base/lists";
import type { FilePath } from "../base/path";
import type { EntryPoint, SettingsModule } from "../project/model";
import type { ImportEvent } from "../python/program/evaluation";
import type { ProjectAnalysis } from "../features/analysis";
import type { Locations } from "./locations";
import { jsonText } from "./jsonText";
import { printable } from "../base/printable";
import { moduleName } from "./showTable";

/** One settings module importing settings of another. */
export interface ImportEdge {
  readonly from: FilePath;
  readonly to: FilePath;
  readonly event: ImportEvent;
}

/** The imports between the settings modules of a project, each pair of files once. */
export function importEdges({ project, entries }: ProjectAnalysis): readonly ImportEdge[] {
  const files = new Set(project.modules.map((module) => module.file));
  const edges = new Map<string, ImportEdge>();
  for (const event of entries.flatMap((entry) => entry.evaluation.imports)) {
    const from = event.site.file;
    const to = event.file;
    if (to === undefined || from === to || !files.has(from) || !files.has(to)) continue;
    const key = `${from}\0${to}`;
    if (!edges.has(key)) edges.set(key, { from, to, event });
  }
  return [...edges.values()];
}

/** The shape of `graph --format json`: docs/schemas/graph.schema.json. */
export function graphJson(projects: readonly ProjectAnalysis[], at: Locations): string {
  const document = { version: 1, projects: projects.map((each) => projectJson(each, at)) };
  return jsonText(document);
}

function projectJson(analysed: ProjectAnalysis, at: Locations): object {
  const { project } = analysed;
  const edges = importEdges(analysed);
  const { django } = project;
  return {
    root: at.path(project.root),
    django: django === undefined ? null : { version: django.version.join("."), source: django.source },
    modules: project.modules.map((module) => ({
      module: module.name,
      ...(module.className === undefined ? {} : { className: module.className }),
      file: at.path(module.file),
      role: module.role,
      confidence: module.confidence,
      isEntry: module.isEntry,
      isSite: module.isSite,
      evidence: module.evidence.map(({ kind, strength, text }) => ({ kind, strength, text: printable(text) })),
      imports: edges.filter(({ from }) => from === module.file).map((edge) => edgeJson(edge, at)),
    })),
    entryPoints: project.entryPoints.map((point) => ({
      kind: point.kind,
      purpose: point.purpose,
      form: point.form,
      value: point.value ?? null,
      selects: selectedBy(point, project.modules)?.name ?? null,
      file: at.path(point.file),
      ...at.position(point.file, point.range.start),
    })),
  };
}

function edgeJson({ to, event }: ImportEdge, at: Locations): object {
  return {
    to: at.path(to),
    dotted: event.dotted,
    star: event.star !== undefined,
    guarded: event.guarded,
    file: at.path(event.site.file),
    ...at.position(event.site.file, event.site.range.start),
  };
}

/** The module that an entry point selects; its range tells entry points of one file apart. */
function selectedBy(point: EntryPoint, modules: readonly SettingsModule[]): SettingsModule | undefined {
  return modules.find((module) =>
    module.entryPoints.some((each) => each.file === point.file && each.range.start === point.range.start),
  );
}

/** A flowchart for https://mermaid.js.org: entry points, the modules that they select, and what those import. */
export function graphMermaid(projects: readonly ProjectAnalysis[], at: Locations): string {
  const lines = ["flowchart LR"];
  projects.forEach((analysed, index) => append(lines, projectMermaid(analysed, at, `p${index}`)));
  return `${lines.join("\n")}\n`;
}

function projectMermaid(analysed: ProjectAnalysis, at: Locations, prefix: string): readonly string[] {
  const { project } = analysed;
  const id = (module: SettingsModule): string => `${prefix}m${project.modules.indexOf(module)}`;
  const lines = [`  subgraph ${prefix}[${label(at.name(project.root))}]`];
  for (const module of project.modules) {
    lines.push(`    ${id(module)}[${label(moduleName(module), module.role)}]:::${module.role}`);
  }
  for (const { from, to } of importEdges(analysed)) {
    const source = project.modules.find((module) => module.file === from);
    const target = project.modules.find((module) => module.file === to);
    if (source !== undefined && target !== undefined) lines.push(`    ${id(source)} -->|imports| ${id(target)}`);
  }
  project.entryPoints.forEach((point, index) => {
    const module = selectedBy(point, project.modules);
    if (module === undefined) return;
    const name = `${prefix}e${index}`;
    lines.push(`    ${name}([${label(at.line(point.file, point.range))}]) -->|${point.purpose}| ${id(module)}`);
  });
  return [...lines, "  end"];
}

/** Lines of text, quoted, with the characters that Mermaid reads as its own as entities. */
function label(...lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    printable(line).replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  );
  return `"${escaped.join("<br/>")}"`;
}
