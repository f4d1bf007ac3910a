import type { CodeLens, CodeLensParams, Command } from "vscode-languageserver";
import { projectOf } from "../features/analysis";
import { assignmentNotes, type AssignmentNote } from "../features/assignmentNotes";
import {
  revealSettingCommand,
  showPlacesCommand,
  type RevealSettingArguments,
  type ShowPlacesArguments,
} from "../protocol";
import { toRange } from "./convert";
import type { ListenableToken } from "./current";
import { aboutFile } from "./handling";
import type { Session } from "./session";
import type { State } from "./state";

/** `textDocument/codeLens`: what becomes of assignments of settings, where the person wants lenses. */
export async function codeLens(session: Session, params: CodeLensParams, token: ListenableToken): Promise<CodeLens[]> {
  return aboutFile(session, params, token, { empty: [] }, (state, file) => {
    const analysis = state.folderOf(file)?.analysis;
    const lines = state.lines(file);
    // Asked only now: before there is a state, the editor's settings may not have come.
    if (!session.settingsOf(file).codeLens || analysis === undefined || lines === undefined) return [];
    const root = projectOf(analysis, file)?.project.root;
    return assignmentNotes(analysis, file).map((note) => {
      const range = toRange(lines, note.range);
      const command =
        note.places.length > 0
          ? placesCommand(session, state, note, { uri: params.textDocument.uri, at: range.start })
          : settingCommand(session, note, root === undefined ? undefined : state.uri(root));
      return { range, command: command ?? { title: note.text, command: "" } };
    });
  });
}

/** Goes to the assignments that the note is about, for a client that can. */
function placesCommand(
  { features }: Session,
  state: State,
  { text, places }: AssignmentNote,
  { uri, at }: { readonly uri: string; readonly at: ShowPlacesArguments[1] },
): Command | undefined {
  if (!features.showsPlaces) return undefined;
  const locations = places.map((place) => ({
    uri: state.uri(place.file),
    range: toRange(state.lines(place.file), place.range),
  }));
  const args: ShowPlacesArguments = [uri, at, locations];
  return { title: text, command: showPlacesCommand, arguments: [...args] };
}

/** Shows the setting in the tree of effective settings, for a client that has one. */
function settingCommand({ features }: Session, { text, setting }: AssignmentNote, root?: string): Command | undefined {
  if (!features.revealsSettings || root === undefined) return undefined;
  const args: RevealSettingArguments = [root, setting];
  return { title: text, command: revealSettingCommand, arguments: [...args] };
}
