import { isInside, joinPath, normalizePath, relativePath } from "../../base/path";
import { isTruthy } from "../../lint/effective";
import { defineRule, type ContextOf, type RuleContext } from "../../lint/rule";
import { findInCode } from "../../project/codeIndex";
import { textOf } from "../questions/dicts/dicts";
import { configuredPaths, rewriteInBaseDir, type ConfiguredPath } from "../questions/paths/configuredPaths";
import { hasApp } from "../questions/apps/installedApps";
import { storesInFiles } from "../questions/storages/uploads";
import doc from "./served-root-exposes-source.md";

export const servedRootExposesSource = defineRule({
  id: "served-root-exposes-source",
  category: "security",
  severity: "error",
  severityIfAssumed: "warning",
  audience: "production",
  aboutRequests: true,
  messages: {
    exposed:
      "{label} is a directory with {found} in it, in {module}, which runs in {environment}: {harm}. Give it a directory of its own.",
    served:
      "MEDIA_ROOT is not set in {module}, where DEBUG is on: {file} then serves the directory in which the server was started below {url}, source and .env included. Set MEDIA_ROOT to a directory for uploads, and turn DEBUG off.",
  },
  fixes: { own: { safety: "unsafe", title: 'Set it to the directory "{folder}"' } },
  doc,

  check(context) {
    reportServed(context);
    const hasStatic = hasApp(context, "django.contrib.staticfiles");
    for (const found of configuredPaths(context, ["media root", "static root", "static folder"])) {
      const isMedia = found.use === "media root";
      if (isMedia ? !storesInFiles(context) : !hasStatic) continue;
      const inside = sourceIn(context, found);
      if (inside === undefined) continue;
      const folder = FOLDERS[isMedia ? "media" : found.use === "static root" ? "root" : "folder"];
      const edit = rewriteInBaseDir(context, found, folder);
      context.report({
        message: "exposed",
        values: {
          label: found.label,
          found: inside,
          harm: isMedia ? MEDIA : found.use === "static root" ? ROOT : FOLDER,
          folder,
        },
        proof: found.proof,
        at: found.site,
        // Whether a web server serves it is not to be seen here.
        severity: isMedia ? "warning" : undefined,
        fixes: [edit && { id: "own", edit }],
      });
    }
  },
});

/** Django's own view for uploads, which is for development: with DEBUG off it gives no URLs. */
const SERVES_MEDIA = {
  id: "URLs for uploads",
  files: /\.py$/,
  pattern: /\bstatic\(\s*settings\.MEDIA_URL,\s*document_root=settings\.MEDIA_ROOT\b/,
  needs: /MEDIA_ROOT/,
};

/** An empty root is the working directory, as an empty path is for Python. */
function reportServed(context: ContextOf<typeof servedRootExposesSource>): void {
  const { snapshot, project } = context;
  const isDebugged = context.setting("DEBUG").certainly(isTruthy);
  const proof = isDebugged ? context.setting("MEDIA_ROOT").mustBe((value) => textOf(value) === "") : undefined;
  const url = proof && textOf(context.setting("MEDIA_URL").mustBe((value) => (textOf(value) ?? "") !== "")?.value);
  if (proof === undefined || url === undefined || (proof.origin === undefined && proof.overridable !== undefined))
    return;
  const place = findInCode(snapshot, project.root, SERVES_MEDIA);
  if (place === undefined) return;
  context.report({
    message: "served",
    values: { file: relativePath(snapshot.listing.root, place.file), url },
    proof,
    chain: [{ site: place, text: "It is served here." }],
  });
}

const FOLDERS = { media: "media", root: "staticfiles", folder: "static" } as const;
const MEDIA =
  "whoever serves uploads from there serves source and configuration as well, and an upload can get among the source";
const ROOT = "the web server that serves static files from there serves source and configuration as well";
const FOLDER = "collectstatic copies source and configuration to where visitors can download them";

/** What a directory holds that visitors must not get: manage.py, or the settings themselves. */
function sourceIn(context: RuleContext, { text }: ConfiguredPath): string | undefined {
  if (!text.startsWith("/")) return undefined;
  const folder = normalizePath(text);
  if (context.snapshot.isFile(joinPath(folder, "manage.py"))) return "manage.py";
  return isInside(folder, context.module.file) ? "the settings" : undefined;
}
