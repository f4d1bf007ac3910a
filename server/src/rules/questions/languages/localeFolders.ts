import type { FilePath } from "../../../base/path";
import { perListing } from "../../../project/perListing";

/** A folder with translations. */
export interface LocaleFolder {
  readonly path: FilePath;
  readonly name: string;
  /** The name under which Django looks for it. */
  readonly expected: string;
}

/** The folders with translations below a `locale` of the workspace whose names Django never looks for. */
export const wrongLocaleFolders = perListing(({ files, folders }): readonly LocaleFolder[] => {
  const found = new Map<FilePath, LocaleFolder>();
  for (const file of files) {
    const match = /^(.*\/locale\/([^/]+))\/LC_MESSAGES\/(?:django|djangojs)\.(?:po|mo)$/.exec(file);
    const [, path = "", name = ""] = match ?? [];
    if (match === null || found.has(path) || /\/(?:node_modules|site-packages|vendor)\//.test(path)) continue;
    const expected = localeOf(name);
    const sibling = path.slice(0, -name.length) + (expected ?? "");
    if (expected !== undefined && expected !== name && !folders.has(sibling)) found.set(path, { path, name, expected });
  }
  return [...found.values()];
});

/** `django.utils.translation.to_locale` of a language code, also one that is written with an underscore. */
function localeOf(name: string): string | undefined {
  const match = /^([A-Za-z]{2,3})[-_]([A-Za-z]{2,4})$/.exec(name);
  if (match === null) return undefined;
  const [, language = "", region = ""] = match;
  const second =
    region.length > 2 ? region.slice(0, 1).toUpperCase() + region.slice(1).toLowerCase() : region.toUpperCase();
  return `${language.toLowerCase()}_${second}`;
}
