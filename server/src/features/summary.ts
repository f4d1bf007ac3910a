import type { Analysis } from "./analysis";

/** What an analysis came to, in numbers: `2 projects, 7 settings modules, 31 findings`. */
export function summaryOf({ projects, findings }: Analysis): string {
  const modules = projects.reduce((sum, { project }) => sum + project.modules.length, 0);
  return [
    counted(projects.length, "project"),
    counted(modules, "settings module"),
    counted(findings.length, "finding"),
  ].join(", ");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
