import type { DefinitionParams, DocumentHighlight, Location, ReferenceParams } from "vscode-languageserver";
import { assignmentsOf, definitionsAt } from "../features/definition";
import { placesIn, referencesTo, settingAt } from "../features/references";
import type { Site } from "../python/values/value";
import { toRange } from "./convert";
import type { ListenableToken } from "./current";
import { aboutPlace } from "./handling";
import type { Session } from "./session";
import type { State } from "./state";

/** `textDocument/definition`: the assignments of a setting, who sets a variable, the code of a dotted path or star import. */
export async function definition(
  session: Session,
  params: DefinitionParams,
  token: ListenableToken,
): Promise<Location[]> {
  return aboutPlace(session, params, token, [], ({ state, analysis, file, offset }) =>
    locations(state, definitionsAt(analysis, file, offset)),
  );
}

/** `textDocument/references`: where the project's Python code names a setting. */
export async function references(
  session: Session,
  params: ReferenceParams,
  token: ListenableToken,
): Promise<Location[]> {
  return aboutPlace(session, params, token, [], async ({ state, analysis, file, offset }) => {
    const setting = settingAt(analysis, file, offset);
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
  return aboutPlace(session, params, token, [], ({ analysis, file, lines, offset }) => {
    const setting = settingAt(analysis, file, offset);
    const parsed = analysis.snapshot.parse(file);
    if (setting === undefined || !parsed.ok) return [];
    return placesIn(analysis, file, parsed.module, setting.name).map((range) => ({ range: toRange(lines, range) }));
  });
}

/** Places as the client takes them. */
async function locations(state: State, sites: readonly Site[]): Promise<Location[]> {
  await state.loadAll(sites);
  return sites.map(({ file, range }) => ({ uri: state.uri(file), range: toRange(state.lines(file), range) }));
}
