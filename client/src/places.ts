import { commands, type ExtensionContext, Location, Position, Range, Uri, window } from "vscode";
import {
  type PlainLocation,
  type PlainPosition,
  type ShowPlacesArguments,
  showPlacesCommand,
} from "../../server/src/protocol";

/** Opens a place; its argument is a {@link PlainLocation}. Not in the palette. */
export const openPlaceCommand = "djangoSettingsLint.openPlace";

/** Registers the commands that lead to places of files. */
export function registerPlaces(context: ExtensionContext): void {
  context.subscriptions.push(
    commands.registerCommand(showPlacesCommand, (...args: ShowPlacesArguments) => showPlaces(...args)),
    commands.registerCommand(openPlaceCommand, (place: PlainLocation) => openPlace(place)),
  );
}

/** Shows a place beside what the person was doing: a preview that leaves the keys where they are. */
export async function openPlace({ uri, range }: PlainLocation, preserveFocus = false): Promise<void> {
  await window.showTextDocument(Uri.parse(uri), { selection: rangeOf(range), preserveFocus, preview: true });
}

/** Goes to a place, or lets the person choose between several, as Go to Definition does. */
async function showPlaces(...[uri, at, places]: ShowPlacesArguments): Promise<void> {
  const locations = places.map((place) => new Location(Uri.parse(place.uri), rangeOf(place.range)));
  await commands.executeCommand("editor.action.goToLocations", Uri.parse(uri), position(at), locations, "peek");
}

function position({ line, character }: PlainPosition): Position {
  return new Position(line, character);
}

function rangeOf({ start, end }: PlainLocation["range"]): Range {
  return new Range(position(start), position(end));
}
