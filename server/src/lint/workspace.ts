import { checkCancelled, NEVER_CANCELLED, type CancellationToken } from "../base/cancellation";
import type { FilePath } from "../base/path";
import { discoverProjects, type Discovery, type DiscoveryOptions } from "../project/discovery";
import type { FileSystem } from "../project/files";
import type { DjangoProject, Note, Role } from "../project/model";
import { loadUntilComplete, type Snapshot } from "../project/snapshot";
import { evaluate } from "../python/evaluate";
import type { Config } from "./config";
import { loadConfig } from "./configFile";
import { lintProject, type LintResult } from "./engine";
import type { EntryModule, Rule } from "./rule";

/** A Django project with the configuration that is in force for it. */
export interface ConfiguredProject {
  readonly project: DjangoProject;
  readonly config: Config;
}

export interface ConfiguredDiscovery {
  readonly projects: readonly ConfiguredProject[];
  readonly snapshot: Snapshot;
  readonly notes: readonly Note[];
  /** The configuration of the folder itself, for a folder without projects. */
  readonly config: Config;
  /** What is wrong with configuration files. */
  readonly problems: readonly Note[];
}

export interface WorkspaceOptions extends Omit<DiscoveryOptions, "exclude" | "roles"> {
  readonly rules: readonly Rule[];
}

/**
 * Finds the Django projects of a folder as their configuration wants it: excluded files are not read, and stated roles
 * replace guessed ones. Each project has the configuration nearest to it. Throws only {@link Cancelled}.
 */
export async function discoverConfigured(
  files: FileSystem,
  root: FilePath,
  options: WorkspaceOptions,
): Promise<ConfiguredDiscovery> {
  const { rules, ...discovery } = options;
  const config = await loadConfig(files, root, rules);
  const exclude = config.folder === root ? config.exclude.value : [];
  const find = (roles: Readonly<Record<string, Role>>): Promise<Discovery> =>
    discoverProjects(files, root, { ...discovery, exclude, roles });
  let found = await find(rolesOf([config]));
  const configs = await configsOf(files, found, root, config, rules);
  const nested = [...new Set(configs)].filter((one) => one !== config);
  // Projects below may state roles of their own, which are known only now.
  if (nested.some((one) => one.roles.size > 0)) found = await find(rolesOf([config, ...nested]));
  const settled = await configsOf(files, found, root, config, rules, configs);
  return {
    projects: found.projects.map((project, index) => ({ project, config: settled[index] ?? config })),
    snapshot: found.snapshot,
    notes: found.notes,
    config,
    problems: [config, ...nested].flatMap((one) => one.problems),
  };
}

/** The configuration nearest to each project, those read before taken as they are. */
async function configsOf(
  files: FileSystem,
  found: Discovery,
  root: FilePath,
  rootConfig: Config,
  rules: readonly Rule[],
  known: readonly Config[] = [],
): Promise<readonly Config[]> {
  const byFile = new Map([rootConfig, ...known].map((config) => [config.file, config]));
  return Promise.all(
    found.projects.map(async (project) => {
      if (project.root === root) return rootConfig;
      const config = await loadConfig(files, project.root, rules);
      const same = byFile.get(config.file) ?? config;
      byFile.set(config.file, same);
      return same;
    }),
  );
}

function rolesOf(configs: readonly Config[]): Readonly<Record<string, Role>> {
  return Object.fromEntries(
    configs.flatMap(({ roles }) => [...roles].map(([name, role]) => [name, role.value] as const)),
  );
}

/** Evaluates the entry modules of a project; files that this needs are loaded. Throws only {@link Cancelled}. */
export async function evaluateEntries(
  project: DjangoProject,
  snapshot: Snapshot,
  token: CancellationToken = NEVER_CANCELLED,
): Promise<readonly EntryModule[]> {
  const host = snapshot.host(project.importRoots);
  const entries: EntryModule[] = [];
  for (const module of project.modules) {
    if (!module.isEntry) continue;
    checkCancelled(token);
    const evaluation = await loadUntilComplete(snapshot, () => evaluate(host, module.file, token), token);
    entries.push({ module, evaluation });
  }
  return entries;
}

export interface LintedProject extends ConfiguredProject, LintResult {
  readonly entries: readonly EntryModule[];
}

export interface LintedWorkspace extends Omit<ConfiguredDiscovery, "projects"> {
  readonly projects: readonly LintedProject[];
}

/** Everything in one: finds, evaluates and lints the projects of a folder. Throws only {@link Cancelled}. */
export async function lintWorkspace(
  files: FileSystem,
  root: FilePath,
  options: WorkspaceOptions & { readonly strict?: boolean },
): Promise<LintedWorkspace> {
  const { rules, token = NEVER_CANCELLED, strict = false } = options;
  const discovery = await discoverConfigured(files, root, options);
  const projects: LintedProject[] = [];
  for (const { project, config } of discovery.projects) {
    const { snapshot } = discovery;
    const entries = await evaluateEntries(project, snapshot, token);
    // Rules look at files that no evaluation has asked for: fragments, deployment files.
    const lint = (): LintResult => lintProject({ project, snapshot, entries, config, rules, token, strict });
    projects.push({ project, config, entries, ...(await loadUntilComplete(snapshot, lint, token)) });
  }
  return { ...discovery, projects };
}
