import { append } from "../base/lists";
import { isInside, relativePath } from "../base/path";
import { servesProduction } from "../lint/settingsModules";
import type { EntryPoint, SettingsModule } from "../project/model";
import type { ProjectAnalysis } from "../features/analysis";
import { importEdges, type ImportEdge } from "../features/settingsGraph";
import type { Locations } from "./locations";
import { printable } from "../base/printable";
import { moduleName } from "./showTable";
import type { Style } from "./style";

/**
 * The settings graph as a tree: what can be started, each with why it has its role and what selects it, above what it imports. Each
 * module's own imports stand in one place, to which an arrow leads from the others.
 */
export function graphText(projects: readonly ProjectAnalysis[], at: Locations, style: Style): string {
  return projects.map((project) => `${new ProjectTree(project, at, style).lines().join("\n")}\n`).join("\n");
}

class ProjectTree {
  private readonly analysed: ProjectAnalysis;
  private readonly at: Locations;
  private readonly style: Style;
  private readonly edges: readonly ImportEdge[];
  /** Modules that stand at the left, and not below what imports them. */
  private readonly tops: readonly SettingsModule[];
  private readonly printed = new Set<SettingsModule>();

  constructor(analysed: ProjectAnalysis, at: Locations, style: Style) {
    const { modules } = analysed.project;
    this.analysed = analysed;
    this.at = at;
    this.style = style;
    this.edges = importEdges(analysed);
    const imported = new Set(this.edges.map(({ to }) => to));
    const tops = modules.filter((module) => module.entryPoints.length > 0 || !imported.has(module.file));
    // A cycle has no top, so all its modules are shown.
    this.tops = tops.length > 0 ? tops : modules;
  }

  lines(): readonly string[] {
    const { root, django } = this.analysed.project;
    const version = django === undefined ? "" : `, Django ${django.version.join(".")} (${django.source})`;
    const lines = [this.style.bold(this.at.name(root)) + this.style.dim(printable(version))];
    for (const module of this.tops) {
      this.printed.add(module);
      lines.push("");
      append(lines, this.moduleLines(module));
      append(lines, this.importLines(module, "    ", new Set([module])));
    }
    return lines;
  }

  private moduleLines(module: SettingsModule): readonly string[] {
    const { at, style } = this;
    // Whether other modules are what they seem decides about no finding.
    const assumed = module.confidence === "assumed" && servesProduction(module.role) ? " (assumed)" : "";
    const workers = module.isSite ? "" : " (workers only)";
    const selected = module.entryPoints.filter((point) => !this.isTold(point, module));
    return [
      `  ${style.bold(printable(moduleName(module)))}  ${style.green(module.role)}${assumed}${workers}  ${style.dim(at.name(module.file))}`,
      ...module.evidence.map(({ text }) => `    ${style.dim("because")}   ${printable(text)}`),
      ...selected.map(
        (point) =>
          `    ${style.dim("selected")}  ${at.line(point.file, point.range)} ${style.dim(`(${point.purpose})`)}`,
      ),
    ];
  }

  /** Whether what speaks for the module's role names this place already. */
  private isTold({ file, range }: EntryPoint, { evidence }: SettingsModule): boolean {
    const { root } = this.analysed.project;
    const path = isInside(root, file) ? relativePath(root, file) : file;
    const place = `${path}:${this.at.position(file, range.start).line} `;
    return evidence.some(({ text }) => ` ${text}`.includes(` ${place}`));
  }

  /** What a module imports, as branches; `above`: the modules on the way down to it, itself included. */
  private importLines(module: SettingsModule, indent: string, above: ReadonlySet<SettingsModule>): readonly string[] {
    const { at, style } = this;
    const branches = this.edges.flatMap((edge) => {
      const target = this.analysed.project.modules.find((each) => each.file === edge.to);
      return edge.from !== module.file || target === undefined ? [] : [{ edge, target }];
    });
    return branches.flatMap(({ edge: { event }, target }, index) => {
      const isLast = index === branches.length - 1;
      const guarded = event.guarded ? " if it is there" : "";
      const place = style.dim(at.line(event.site.file, event.site.range));
      const name = `${printable(moduleName(target))}  ${style.green(target.role)}${guarded}  ${place}`;
      const elsewhere = this.elsewhere(target, above);
      const line = `${indent}${style.dim(isLast ? "└─ imports" : "├─ imports")} ${name}`;
      if (elsewhere !== undefined) return [`${line}  ${style.yellow(elsewhere)}`];
      this.printed.add(target);
      return [
        line,
        ...this.importLines(target, indent + (isLast ? "   " : `${style.dim("│")}  `), new Set([...above, target])),
      ];
    });
  }

  /** Where a module has its own branches, if that is another place. */
  private elsewhere(module: SettingsModule, above: ReadonlySet<SettingsModule>): string | undefined {
    if (above.has(module)) return "↑ a cycle";
    if (this.printed.has(module)) return "↑ see above";
    return this.tops.includes(module) ? "↓ see below" : undefined;
  }
}
