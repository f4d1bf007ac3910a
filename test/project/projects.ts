import type { Discovery, DiscoveryOptions } from "../../server/src/project/discovery";
import { discoverProjects } from "../../server/src/project/discovery";
import type { DjangoProject, SettingsModule } from "../../server/src/project/model";
import type { Content } from "../harness/memoryFileSystem";
import { MemoryFileSystem } from "../harness/memoryFileSystem";
import { testParser } from "../harness/parser";

/** A settings module that Django could start with. */
export const FULL = 'SECRET_KEY = "invented"\nINSTALLED_APPS = ["django.contrib.auth"]\nROOT_URLCONF = "shop.urls"\n';

/** The line by which an entry point selects a module. */
export function selects(module: string): string {
  return `import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${module}")\n`;
}

/** Discovers the projects of an invented workspace at `/w`. */
export async function discover(
  contents: Record<string, Content>,
  options: Partial<DiscoveryOptions> = {},
): Promise<Discovery> {
  const files = new MemoryFileSystem(contents, "/w");
  return discoverProjects(files, "/w", { parser: await testParser(), ...options });
}

/** One line a module: `*` for an entry, its name, role, and `?` where production is assumed only. */
export function moduleLines(project: DjangoProject | undefined): readonly string[] {
  return (project?.modules ?? []).map((module) => {
    const name = module.className === undefined ? module.name : `${module.name}:${module.className}`;
    const served = module.role === "production" || module.role === "staging" || module.role === "single";
    const doubt = served && module.confidence === "assumed" ? "?" : "";
    return `${module.isEntry ? "* " : ""}${name} ${module.role}${doubt}`;
  });
}

/** The modules of all projects, each under its project's root. */
export async function modulesOf(
  contents: Record<string, Content>,
  options: Partial<DiscoveryOptions> = {},
): Promise<Record<string, readonly string[]>> {
  const { projects } = await discover(contents, options);
  return Object.fromEntries(projects.map((project) => [project.root, moduleLines(project)]));
}

/** A module's role, how sure that is where it counts, and the first reason for it. */
export function reportOf({ role, confidence, isSite, evidence }: SettingsModule): string {
  const isServed = role === "production" || role === "staging" || role === "single";
  const sure = isServed ? `, ${confidence}` : "";
  return `${role}${sure}${isSite ? "" : ", no site"}: ${evidence[0]?.text ?? "no reason"}`;
}

/** The report of each module, classes of django-configurations after a colon. */
export async function reportsOf(contents: Record<string, Content>): Promise<Record<string, string>> {
  const { projects } = await discover(contents);
  const modules = projects.flatMap((project) => project.modules);
  return Object.fromEntries(
    modules.map((each) => [`${each.name}${each.className === undefined ? "" : `:${each.className}`}`, reportOf(each)]),
  );
}
