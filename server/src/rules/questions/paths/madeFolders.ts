import { baseName, relativePath, type FilePath } from "../../../base/path";
import type { RuleContext } from "../../../lint/rule";
import { deploymentFiles } from "../../../project/deploymentFiles";

/** Names of folders that builds fill. */
const BUILT =
  /^(?:dist|build|built|out|output|bundles?|compiled|generated|node_modules|bower_components|_site|webpack\w*|staticfiles|public|\.\w+)$/i;

/** Files that say where a build of the frontend puts what it makes. */
const BUILD_FILES =
  /(?:^|\/)(?:package\.json|(?:webpack|vite|rollup|gulpfile|Gruntfile|esbuild|tailwind|rspack|parcel)[\w.-]*\.(?:js|cjs|mjs|ts|json)|\.parcelrc|Makefile|justfile)$/;

/** Python that creates a folder, of whatever name. */
export const CREATES = /\bmakedirs\s*\(|\.mkdir\s*\(|\bos\.mkdir\s*\(/;

/** Commands and volumes that bring folders about; an address such as `location /static/` is none. */
const BRINGS =
  /\b(?:mkdir|COPY|ADD|cp|mv|ln|rsync|unzip|tar|install|clone)\b|^\s{0,40}-?\s{0,9}["']?[\w./~${}-]{1,200}:["']?[\w./~$ {}-]{0,200}\/|\bvolumes?\b/;

function makes(text: string, name: string): boolean {
  // Thousands of files may be asked, and hardly any has the name in it.
  if (!text.includes(name)) return false;
  const lines = text.split("\n").filter((line) => line.split(/[\s/"'=:,;]+/).includes(name));
  return lines.some((line) => BRINGS.test(line));
}

/**
 * Whether a folder that is not there may be made by something: by settings that create folders, by a build of the frontend,
 * by a deployment file. Any sign counts.
 */
export function isMadeLater(context: RuleContext, path: FilePath): boolean {
  const { snapshot, project, evaluation } = context;
  if (
    relativePath(project.root, path)
      .split("/")
      .some((part) => BUILT.test(part))
  )
    return true;
  if (evaluation.files.some((file) => CREATES.test(context.source(file)?.text ?? ""))) return true;
  const name = baseName(path);
  if (deploymentFiles(snapshot).some(({ text }) => makes(text, name))) return true;
  return [...snapshot.listing.files].some(
    (file) => BUILD_FILES.test(file) && snapshot.text(file)?.includes(name) === true,
  );
}
