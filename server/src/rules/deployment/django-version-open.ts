import { baseName, isInside, parentPath, relativePath, type FilePath } from "../../base/path";
import { newestRelease, releaseText } from "../../django/facts";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import { firstExcluded, parseRequirement } from "../../project/dependencies/requirement";
import { usageOfPath } from "../../project/nameWords";
import type { Site } from "../../python/values/value";
import doc from "./django-version-open.md";

type Context = ContextOf<typeof djangoVersionOpen>;

export const djangoVersionOpen = defineRule({
  id: "django-version-open",
  category: "deployment",
  severity: "info",
  audience: "project",
  messages: {
    open: "Django has no upper bound in {file}: each build installs the newest release, with removals and defaults that nobody has tried with this project. Bound it, such as Django~={release}.0, or install from a lock file.",
  },
  doc,

  check(context) {
    const { project, snapshot } = context;
    const isBound = project.django?.below !== undefined && project.django.source.includes("Django");
    if (isBound || project.packages.get("django") !== undefined) return;
    const files = [...snapshot.listing.files];
    if (files.some((file) => LOCKS.test(baseName(file)) || SOURCES.test(baseName(file)))) return;
    const at = ownLists(context)
      .map((file) => openRequirement(context, file))
      .find((site) => site !== undefined);
    if (at === undefined) return;
    const release = releaseText(project.django?.version ?? newestRelease);
    context.report({ message: "open", values: { file: relativePath(snapshot.listing.root, at.file), release }, at });
  },
});

/** The files of the project, and those of the folders around it: other projects of the workspace have lists of their own. */
function ownLists({ project, snapshot }: Context): readonly FilePath[] {
  const isOwn = (file: FilePath): boolean => isInside(project.root, file);
  const isAround = (file: FilePath): boolean => isInside(parentPath(file), project.root);
  return [...snapshot.listing.files].filter((file) => isOwn(file) || isAround(file));
}

const LOCKS =
  /^(?:(?:poetry|uv|pdm|conda|pixi)\.lock|Pipfile\.lock|conda-lock\.yml|pylock\.toml|requirements[.-]lock(?:\.txt)?)$/;
/** What lists of requirements are made from, and what bounds them. */
const SOURCES = /\.in$|^constraints?\b/;

/** Where a list of what production installs names Django without an end of the range. */
function openRequirement({ snapshot }: Context, file: FilePath): Site | undefined {
  const relative = relativePath(snapshot.listing.root, file);
  const usage = usageOfPath(relative);
  if (!LISTS.test(relative) || usage === "development" || usage === "test") return undefined;
  let start = 0;
  for (const line of (snapshot.text(file) ?? "").split("\n")) {
    const [written = ""] = line.split(/[;#]/, 1);
    const found = parseRequirement(written.trim());
    if (found?.name === "django" && firstExcluded(found.specifier) === undefined)
      return siteOf(file, { start, end: start + written.trimEnd().length });
    start += line.length + 1;
  }
  return undefined;
}

const LISTS = /(?:^|\/)requirements?(?:\/[\w-]{1,80}|[\w-]{0,80})\.txt$/;
