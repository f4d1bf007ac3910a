import type { Analysis, ProjectAnalysis } from "../features/analysis";
import { dottedModuleName } from "../lint/settingsModules";
import { importEdges, selectedBy } from "../features/settingsGraph";
import { roleEdit } from "../features/configEdit";
import type { FileEdit } from "../lint/finding";
import { loadUntilComplete } from "../project/snapshot";
import type { GraphProject, GraphResult, SetRoleParams, SetRoleResult } from "../protocol";
import { toWorkspaceEdit } from "./convert";
import type { ListenableToken } from "./current";
import { placed, projectName } from "./placed";
import type { Session } from "./session";
import type { State } from "./state";

/** `djangoSettingsLint/graph`: settings modules, what they import and what selects them, as `graph --format json` has them. */
export async function settingsGraph(session: Session, token: ListenableToken): Promise<GraphResult> {
  session.news.tellsSettings = true;
  const state = await session.state(token);
  return {
    projects: state.folders.flatMap(({ analysis }) =>
      analysis.projects.map((owner) => graphProject(state, analysis, owner)),
    ),
  };
}

/** `djangoSettingsLint/setRole`: lets the client change the configuration. */
export async function setRole(
  session: Session,
  { root, module, role }: SetRoleParams,
  token: ListenableToken,
): Promise<SetRoleResult> {
  const state = await session.state(token);
  for (const { analysis } of state.folders) {
    const owner = analysis.projects.find(({ project }) => state.uri(project.root) === root);
    if (owner === undefined) continue;
    const write = (): readonly FileEdit[] | undefined =>
      roleEdit(analysis, owner, { module, role }, session.host.rules);
    const edits = await loadUntilComplete(analysis.snapshot, write, token);
    if (edits === undefined || edits[0] === undefined) return {};
    await state.loadAll(edits);
    const edit = toWorkspaceEdit(edits, state, { ...session.features, changeAnnotations: false });
    if (edit === undefined || !(await session.connection.workspace.applyEdit(edit)).applied) return {};
    return { uri: state.uri(edits[0].file) };
  }
  return {};
}

function graphProject(state: State, analysis: Analysis, owner: ProjectAnalysis): GraphProject {
  const { root, modules, entryPoints, django } = owner.project;
  const edges = importEdges(owner);
  const clean = (text: string): string => analysis.redactor.clean(text);
  return {
    root: state.uri(root),
    name: projectName(analysis, owner),
    ...(django === undefined ? {} : { django: django.version.join(".") }),
    modules: modules.map((module) => ({
      module: dottedModuleName(module),
      role: module.role,
      isEntry: module.isEntry,
      evidence: module.evidence.map(({ text }) => clean(text)),
      place: placed(state, analysis, { file: module.file, range: { start: 0, end: 0 } }),
      imports: edges
        .filter(({ from }) => from === module.file)
        .flatMap(({ to }) => modules.flatMap((each, index) => (each.file === to ? [index] : []))),
    })),
    entryPoints: entryPoints.map((point) => {
      const selected = selectedBy(point, modules);
      return {
        kind: point.kind,
        purpose: point.purpose,
        place: placed(state, analysis, point),
        ...(selected === undefined ? {} : { selects: modules.indexOf(selected) }),
      };
    }),
  };
}
