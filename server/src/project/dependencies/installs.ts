import { append } from "../../base/lists";
import type { FilePath } from "../../base/path";
import { baseName, isInside, joinPath, parentPath, relativePath } from "../../base/path";
import { formatOf } from "../entryPoints/formats";
import { usageOfPath } from "../nameWords";
import { perListing } from "../perListing";
import type { Snapshot } from "../snapshot";
import { parseRequirement, type Requirement } from "./requirement";

/** What images and CI install. */
export interface Installs {
  /** The dependency files, and the files of commands that name Django itself. */
  readonly files: ReadonlyMap<FilePath, InstalledBy>;
  /** Django as commands name it: `pip install "django<6"`. */
  readonly named: readonly Requirement[];
}

/** How surely production has what a file lists: an image of production's installs it, or another image or CI does. */
export type InstalledBy = "production" | "others";

/** `pip install -r X`, `uv pip sync X`: everything behind the command in its line, in which several files may be named. */
const PIP = /\bpip3?[\s-]+(?:install|sync)\b((?:\\\r?\n|[^\r\n;&|])*)/g;
const REQUIREMENTS = /(?:^|\s)(?:-r|--requirements?|-c|--constraint)[\s=]*["']?([^\s"'\\]+)/g;
const SYNCED = /(?:^|\s)((?:[\w./${}-]+\/)?[\w.${}-]+\.txt)\b/g;

/** Commands that install what a lock file says. */
const LOCKS: readonly (readonly [RegExp, RegExp])[] = [
  [/\buv\s+sync\b|\buv\s+export\b/, /^uv\.lock$/],
  [/\bpoetry\s+(?:install|sync|export)\b/, /^poetry\.lock$/],
  [/\bpipenv\s+(?:install|sync)\b/, /^Pipfile\.lock$/],
  [/\bpdm\s+(?:install|sync)\b/, /^pdm\.lock$/],
];

/**
 * Which of some dependency files images and CI install, judged by the texts of their commands. A path in an image is not the one in
 * the repository: the file with the longest common end is meant.
 *
 * @param root the project's folder: what other projects install says nothing of it
 */
export async function installedFiles(
  snapshot: Snapshot,
  root: FilePath,
  files: readonly FilePath[],
): Promise<Installs> {
  const found = new Map<FilePath, InstalledBy>();
  const named: Requirement[] = [];
  const installers = installerFiles(snapshot.listing).filter(({ file }) => !isOfOther(snapshot, root, file));
  await snapshot.load(installers.map(({ file }) => file));
  for (const { file, by } of installers) {
    const text = snapshot.text(file);
    if (text === undefined || text.length > MAX_LENGTH) continue;
    const django = djangoNamedBy(text, file);
    append(named, django);
    const own = django.length > 0 ? [file] : [];
    for (const each of [...own, ...filesInstalledBy(text, files)])
      if (found.get(each) !== "production") found.set(each, by);
  }
  return { files: found, named };
}

/** Django among the packages that commands install by name. */
function djangoNamedBy(text: string, file: FilePath): readonly Requirement[] {
  return [...text.matchAll(PIP)].flatMap((match) => {
    const start = match.index + match[0].length - (match[1] ?? "").length;
    return [
      ...(match[1] ?? "").matchAll(
        /(?<=\s)["']?(django(?:\[[\w, -]{0,80}\])?(?:[=<>~!][^\s"']{0,80})?)["']?(?=\s|$)/gi,
      ),
    ].flatMap((word) => {
      const parsed = parseRequirement(word[1] ?? "");
      const at = start + word.index + word[0].indexOf(word[1] ?? "");
      return parsed === undefined
        ? []
        : [{ ...parsed, file, range: { start: at, end: at + (word[1] ?? "").length }, isLocked: false }];
    });
  });
}

/** Whether a file lies in the folder of another project than the one at `root`. */
function isOfOther(snapshot: Snapshot, root: FilePath, file: FilePath): boolean {
  for (let folder = parentPath(file); folder !== snapshot.listing.root && folder !== "/"; folder = parentPath(folder))
    if (snapshot.isFile(joinPath(folder, "manage.py"))) return folder !== root && !isInside(folder, root);
  return false;
}

/** Longer files are data. */
const MAX_LENGTH = 512 * 1024;

/** Images of production first; what is for development or tests says what is installed there. */
const installerFiles = perListing((listing) =>
  [...listing.files].flatMap((file) => {
    const relative = relativePath(listing.root, file);
    const name = baseName(file);
    const isImage = /^(?:Dockerfile|Containerfile)\b|\.[Dd]ockerfile$/.test(name);
    const isOther = /\.(?:ya?ml|sh|toml)$/.test(name) && name !== "pyproject.toml" && formatOf(relative) !== undefined;
    if (!isImage && !isOther) return [];
    const usage = usageOfPath(relative);
    const by: InstalledBy = isImage && (usage === undefined || usage === "production") ? "production" : "others";
    return [{ file, by }];
  }),
);

function filesInstalledBy(text: string, files: readonly FilePath[]): readonly FilePath[] {
  const named = [...text.matchAll(PIP)].flatMap((match) => {
    const options = match[1] ?? "";
    const pattern = /\bsync\b/.test(match[0]) ? SYNCED : REQUIREMENTS;
    return [...options.matchAll(pattern)].flatMap((one) => withDefaults(one[1] ?? "", text) ?? []);
  });
  const listed = named.flatMap((path) => bestMatch(path, files) ?? []);
  const locked = LOCKS.filter(([command]) => command.test(text)).flatMap(([, lock]) =>
    files.filter((file) => lock.test(baseName(file))),
  );
  return [...listed, ...locked];
}

/** `${BUILD_ENVIRONMENT}.txt` with what `ARG BUILD_ENVIRONMENT=production` says; `undefined` where that is not known. */
function withDefaults(path: string, text: string): string | undefined {
  const resolved = path.replace(/\$\{?(\w+)\}?/g, (whole, name: string) => {
    const given = new RegExp(`^[ \\t]*(?:ARG|ENV)[ \\t]+${name}[ =]"?([\\w./-]+)`, "m").exec(text)?.[1];
    return given ?? whole;
  });
  return resolved.includes("$") ? undefined : resolved;
}

/** The file with the longest common end, in whole names; `undefined` where several are as good. */
function bestMatch(path: string, files: readonly FilePath[]): FilePath | undefined {
  const wanted = path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .reverse();
  const common = (file: FilePath): number => {
    const parts = file.split("/").reverse();
    const different = wanted.findIndex((part, index) => part !== parts[index]);
    return different < 0 ? wanted.length : different;
  };
  const ranked = files.map((file) => ({ file, length: common(file) })).filter(({ length }) => length > 0);
  const [best, next] = ranked.toSorted((a, b) => b.length - a.length || a.file.length - b.file.length);
  return best === undefined || (next?.length === best.length && next.file.length === best.file.length)
    ? undefined
    : best.file;
}
