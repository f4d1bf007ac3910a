import { append } from "../base/lists";
import type { SettingsModule } from "../project/model";
import type { ProjectAnalysis } from "../features/analysis";
import { importEdges, selectedBy, type ImportEdge } from "../features/settingsGraph";
import type { Locations } from "./locations";
import { jsonText } from "./jsonText";
import { printable } from "../base/printable";
import { moduleName } from "./showTable";

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
