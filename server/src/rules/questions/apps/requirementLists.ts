import { baseName, joinPath, parentPath, type FilePath } from "../../../base/path";
import type { RuleContext } from "../../../lint/rule";
import { deploymentFiles } from "../../../project/deploymentFiles";

/** Whether a requirement of the project, or a deployment file that installs something (`apk add py3-psycopg2`), bears such a name. */
export function isRequired({ project, snapshot }: RuleContext, names: RegExp): boolean {
  return (
    [...project.packages.keys()].some((name) => names.test(name)) ||
    // By a URL, which has no name of its own: https://example.org/psycopg2-2.9-cp313-linux_x86_64.whl
    requirementTexts({ snapshot }).some((text) => names.test(text)) ||
    deploymentFiles(snapshot).some(
      ({ path, text }) => !listsRequirements(path) && INSTALLS.test(text) && names.test(withoutRemarks(text)),
    )
  );
}

/** Lines by which something without a name, or from somewhere else than PyPI, is installed; and setup.py that works its list out. */
const ELSEWHERE =
  /^[ \t]*(?:-e\b|--editable\b|-f\b|--find-links\b|-i\b|--(?:extra-)?index-url\b|\.{0,2}\/|[a-z]+:\/\/|git\+)|@[ \t]*(?:git\+|file:|https?:)|(?<![\w-])(?:git|path|url|workspace)[ \t]*=[ \t]*["'t]|\binstall_requires[ \t]*=[ \t]*[a-z]/i;
const PYPI = /^[ \t]*url[ \t]*=[ \t]*["']https:\/\/pypi\.(?:org|python\.org)\b/;

/** Systems whose lists are not read. */
const OTHER_LISTS = /(?:^|\/)(?:buildout\.cfg|[\w-]+\.nix|debian\/control|conanfile\.\w+|BUILD(?:\.bazel)?)$/;

/** Packages that bring dozens of others. */
const FRAMEWORKS =
  /^(?:wagtail|django-cms|django-oscar|mezzanine|saleor|horizon|netbox|arches|geonode|django-shop|shuup|pretix|pretalx|edx-platform|mayan-edms|django-lfs|feincms|django-fiber|kolibri|openwisp-.*|invenio.*|aldryn-.*|divio.*)$/;

/**
 * Whether the lists that were found say all that is installed: Django among them, and nothing by URL, path, private index or in a
 * format that is not read. A package may still bring others: who asks leaves room for that.
 */
export function areRequirementsComplete(context: RuleContext): boolean {
  const { project, snapshot } = context;
  return (
    context.hasPackage("django") &&
    // A template may list for one choice what it installs for another.
    !snapshot.listing.isTemplate &&
    ![...project.packages.keys()].some((name) => FRAMEWORKS.test(name)) &&
    ![...snapshot.listing.files].some((file) => OTHER_LISTS.test(file)) &&
    [...snapshot.listing.files].filter(listsRequirements).every((file) => isComplete(context, file))
  );
}

function isComplete({ snapshot }: RuleContext, file: FilePath): boolean {
  const lines = (snapshot.text(file) ?? "").split("\n").filter((line) => !PYPI.test(line));
  const included = lines.flatMap((line) => /^[ \t]*(?:-r|--requirement)[ \t=]+(\S+)/.exec(line)?.[1] ?? []);
  return (
    !lines.some((line) => ELSEWHERE.test(line)) &&
    included.every((path) => snapshot.isFile(joinPath(parentPath(file), path)))
  );
}

/** The texts of the files that list what a project requires, by their names or their folder's. */
function requirementTexts({ snapshot }: Pick<RuleContext, "snapshot">): readonly string[] {
  return [...snapshot.listing.files].filter(listsRequirements).map((file) => withoutRemarks(snapshot.text(file) ?? ""));
}

/** Without the lines that are commented out, those by which isort tells packages from own modules, and the names of images. */
function withoutRemarks(text: string): string {
  return text.replace(/^[ \t]*(?:#|known_\w{1,40}[ \t]*=|FROM[ \t]).*$/gm, "");
}

function listsRequirements(file: FilePath): boolean {
  return (
    /req|^(?:Pipfile|pyproject\.toml|setup\.(?:py|cfg))$/.test(baseName(file)) || /req/.test(baseName(parentPath(file)))
  );
}

const INSTALLS = /\b(?:install|add|conda|nix|uv|poetry)\b/;
