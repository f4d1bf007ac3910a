import { append } from "../base/lists";
import { servesProduction } from "../lint/context";
import type { SettingsModule } from "../project/model";
import type { ProjectAnalysis } from "../features/analysis";
import { importEdges, type ImportEdge } from "./graph";
import type { Locations } from "./locations";
import { printable } from "../base/printable";
import { moduleName } from "./showTable";
import type { Style } from "./style";

/** The settings graph as a tree: each module with the entry points that select it above what it imports. */
export function graphText(projects: readonly ProjectAnalysis[], at: Locations, style: Style): string {
  return projects.map((project) => `${projectLines(project, at, style).join("\n")}\n`).join("\n");
}

function projectLines(analysed: ProjectAnalysis, at: Locations, style: Style): readonly string[] {
  const { project } = analysed;
  const edges = importEdges(analysed);
  const django =
    project.django === undefined ? "" : `, Django ${project.django.version.join(".")} (${project.django.source})`;
  const lines = [style.bold(at.name(project.root)) + style.dim(printable(django))];
  const imported = new Set(edges.map(({ to }) => to));
  // A module that is only ever imported stands below its importers; a cycle has no top, so all its modules are shown.
  const tops = project.modules.filter((module) => module.entryPoints.length > 0 || !imported.has(module.file));
  for (const module of tops.length > 0 ? tops : project.modules) {
    lines.push("");
    append(lines, moduleLines(module, at, style));
    append(lines, importLines(module, analysed, edges, at, style, "  ", new Set()));
  }
  return lines;
}

function moduleLines(module: SettingsModule, at: Locations, style: Style): readonly string[] {
  // Whether other modules are what they seem decides about no finding.
  const assumed = module.confidence === "assumed" && servesProduction(module.role) ? " (assumed)" : "";
  const workers = module.isSite ? "" : " (workers only)";
  const lines = [
    `  ${style.bold(printable(moduleName(module)))}  ${style.green(module.role)}${assumed}${workers}  ${style.dim(at.name(module.file))}`,
  ];
  for (const { text } of module.evidence) lines.push(`    ${style.dim("because")}   ${printable(text)}`);
  for (const point of module.entryPoints) {
    lines.push(`    ${style.dim("selected")}  ${at.line(point.file, point.range)} ${style.dim(`(${point.purpose})`)}`);
  }
  return lines;
}

function importLines(
  module: SettingsModule,
  analysed: ProjectAnalysis,
  edges: readonly ImportEdge[],
  at: Locations,
  style: Style,
  indent: string,
  above: ReadonlySet<string>,
): readonly string[] {
  const here = edges.filter(({ from }) => from === module.file);
  return here.flatMap((edge) => {
    const target = analysed.project.modules.find((each) => each.file === edge.to);
    if (target === undefined) return [];
    const place = style.dim(at.line(edge.event.site.file, edge.event.site.range));
    const guarded = edge.event.guarded ? " if it is there" : "";
    const line = `${indent}  ${style.dim("imports")}   ${printable(moduleName(target))}  ${style.green(target.role)}${guarded}  ${place}`;
    if (above.has(edge.to)) return [`${line} ${style.yellow("(a cycle)")}`];
    return [line, ...importLines(target, analysed, edges, at, style, `${indent}  `, new Set([...above, module.file]))];
  });
}
