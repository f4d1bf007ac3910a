import type { DefinitionParams, DocumentHighlight, Location, ReferenceParams } from "vscode-languageserver";
import type { FilePath } from "../base/path";
import { assignmentsOf, definitionsAt } from "../features/definition";
import { placesIn, referencesTo, settingAt } from "../features/references";
import type { Site } from "../python/values/value";
import { fromPosition, toRange } from "./convert";
import type { ListenableToken } from "./current";
import { aboutFile } from "./handling";
import type { Session } from "./session";
import type { State } from "./state";

/** `textDocument/definition`: the assignments of a setting, who sets a variable, the code of a dotted path or star import. */
export async function definition(
  session: Session,
  params: DefinitionParams,
  token: ListenableToken,
): Promise<Location[]> {
  return aboutFile(session, params, token, { empty: [] }, async (state, file) => {
    const analysis = state.folderOf(file)?.analysis;
    const lines = state.lines(file);
    if (analysis === undefined || lines === undefined) return [];
    return locations(state, definitionsAt(analysis, file, fromPosition(lines, params.position)));
  });
}

/** `textDocument/references`: where the project's Python code names a setting. */
export async function references(
  session: Session,
  params: ReferenceParams,
  token: ListenableToken,
): Promise<Location[]> {
  return aboutFile(session, params, token, { empty: [] }, async (state, file) => {
    const analysis = state.folderOf(file)?.analysis;
    const lines = state.lines(file);
    if (analysis === undefined || lines === undefined) return [];
    const setting = settingAt(analysis, file, fromPosition(lines, params.position));
    if (setting === undefined) return [];
    const sites = await referencesTo(analysis, file, setting.name, token);
    const declared = params.context.includeDeclaration ? [] : assignmentsOf(analysis, file, setting.name);
    const isDeclared = (site: Site): boolean =>
      declared.some((each) => each.file === site.file && each.range.start === site.range.start);
    return locations(
      state,
      sites.filter((site) => !isDeclared(site)),
    );
  });
}

/** `textDocument/documentHighlight`: the same setting in the same file. */
export async function documentHighlight(
  session: Session,
  params: DefinitionParams,
  token: ListenableToken,
): Promise<DocumentHighlight[]> {
  return aboutFile(session, params, token, { empty: [] }, (state, file) => {
    const analysis = state.folderOf(file)?.analysis;
    const lines = state.lines(file);
    const parsed = analysis?.snapshot.parse(file);
    if (analysis === undefined || lines === undefined || parsed?.ok !== true) return [];
    const setting = settingAt(analysis, file, fromPosition(lines, params.position));
    if (setting === undefined) return [];
    return placesIn(analysis, file, parsed.module, setting.name).map((range) => ({ range: toRange(lines, range) }));
  });
}

/** Places as the client takes them; files that the analysis did not read are read for their lines. */
async function locations(state: State, sites: readonly Site[]): Promise<Location[]> {
  const found: Location[] = [];
  for (const { file, range } of sites) {
    await loadLines(state, file);
    found.push({ uri: state.uri(file), range: toRange(state.lines(file), range) });
  }
  return found;
}

async function loadLines(state: State, file: FilePath): Promise<void> {
  if (state.lines(file) === undefined) await state.load(file);
}
