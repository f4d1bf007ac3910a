import type { Analysis, ProjectAnalysis } from "../features/analysis";
import { environmentsOf, type Environment } from "../features/environments";
import { defaultText, typeText, usedVariables, type UsedVariable, type VariableUse } from "../features/usedVariables";
import type { ProjectVariables, VariableInfo, VariableNeed, VariablesResult } from "../protocol";
import type { ListenableToken } from "./current";
import { environmentInfo, placed, projectName } from "./placed";
import type { Session } from "./session";
import type { State } from "./state";

/** `djangoSettingsLint/environmentVariables`: what the page of variables shows, as `env --format json` has it. */
export async function environmentVariables(session: Session, token: ListenableToken): Promise<VariablesResult> {
  session.news.tellsSettings = true;
  const state = await session.state(token);
  const projects: ProjectVariables[] = [];
  for (const { analysis } of state.folders)
    for (const owner of analysis.projects) projects.push(await projectVariables(state, analysis, owner));
  return { projects };
}

async function projectVariables(state: State, analysis: Analysis, owner: ProjectAnalysis): Promise<ProjectVariables> {
  const environments = environmentsOf(owner.entries);
  const variables = usedVariables(environments.map(({ entry }) => ({ owner, entry })));
  // Which lines of deployment files set a variable needs their texts.
  await state.loadAll(variables.flatMap(({ set }) => set));
  return {
    root: state.uri(owner.project.root),
    name: projectName(analysis, owner),
    environments: environments.map((each) => environmentInfo(state, each)),
    variables: variables.map((variable) => variableInfo(state, analysis, environments, variable)),
  };
}

function variableInfo(
  state: State,
  analysis: Analysis,
  environments: readonly Environment[],
  { name, reads, settings, set, uses }: UsedVariable,
): VariableInfo {
  const nameOf = ({ entry }: VariableUse): string => environments.find((each) => each.entry === entry)?.name ?? "";
  return {
    name,
    type: typeText(reads),
    libraries: [...new Set(reads.map(({ library }) => library))],
    needs: needsOf(analysis, uses, nameOf),
    reads: reads.map(({ site }) => placed(state, analysis, site)),
    settings,
    set: set.map((each) => ({
      ...placed(state, analysis, each),
      purpose: each.purpose,
      ...(each.scope === undefined ? {} : { scope: each.scope }),
    })),
    missing: uses.filter(({ isMissing }) => isMissing).map(nameOf),
  };
}

/** What the environments want of a variable; those that want the same together. */
function needsOf(
  { redactor }: Analysis,
  uses: readonly VariableUse[],
  nameOf: (use: VariableUse) => string,
): readonly VariableNeed[] {
  const needs = new Map<string, VariableNeed>();
  for (const use of uses) {
    const read = use.reads.find(({ fallback }) => fallback !== undefined);
    const fallback = read === undefined ? undefined : defaultText(read, redactor);
    const key = `${use.isRequired} ${fallback}`;
    const environments = [...(needs.get(key)?.environments ?? []), nameOf(use)];
    needs.set(key, {
      environments,
      isRequired: use.isRequired,
      ...(fallback === undefined ? {} : { default: fallback }),
    });
  }
  return [...needs.values()];
}
