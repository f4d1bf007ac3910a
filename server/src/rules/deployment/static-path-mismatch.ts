import { baseName, isInside } from "../../base/path";
import { placeLabel } from "../../lint/phrases";
import { defineRule, type RuleContext } from "../../lint/rule";
import { hasApp } from "../questions/apps/installedApps";
import { textOf } from "../questions/dicts/dicts";
import { configuredPaths } from "../questions/paths/configuredPaths";
import { withoutSlash } from "../questions/servers/nginxLocations";
import { directoriesServed, type OwnDirectory } from "../questions/servers/staticDirectories";
import doc from "./static-path-mismatch.md";

export const staticPathMismatch = defineRule({
  id: "static-path-mismatch",
  category: "deployment",
  severity: "warning",
  audience: "production",
  aboutRequests: true,
  messages: {
    other:
      "STATIC_ROOT is not what {server} serves in {module}: collectstatic writes to {root}, and {url} comes from {directory} ({place}), so that static files are missing. Name the same directory in both.",
  },
  doc,

  check(context) {
    if (!hasApp(context, "django.contrib.staticfiles")) return;
    const url = textOf(context.setting("STATIC_URL").mustBe((value) => textOf(value) !== undefined)?.value) ?? "";
    const [root] = configuredPaths(context, ["static root"]);
    if (root === undefined || !/^[\w./-]+$/.test(url)) return;
    const served = directoriesServed(context, url.startsWith("/") ? url : `/${url}`);
    const [first] = served;
    // Where several are served, one of them may be for another environment.
    if (first === undefined || served.some((one) => mayBe(context, one, root.text))) return;
    context.report({
      message: "other",
      values: {
        server: first.server,
        root: shown(context, root.text),
        url,
        directory: shown(context, first.path),
        place: placeLabel(context, first.site),
      },
      proof: root.proof,
      at: root.site,
      chain: [{ site: first.site, text: `${first.server} serves static files from here.` }],
    });
  },
});

/**
 * Where only the project's place in its container is open, the last part of a path is the same there. What a relative path means
 * is known where the server is started only.
 */
function mayBe({ project }: RuleContext, { path, isInContainer, isTree }: OwnDirectory, root: string): boolean {
  const own = withoutSlash(root);
  if (isTree === true && isInside(path, own)) return true;
  if (path === own || !own.startsWith("/")) return true;
  const isElsewhere = !isInside(project.root, own);
  return isInContainer
    ? !isElsewhere && baseName(path) === baseName(own)
    : !isElsewhere && !isInside(project.root, path);
}

/** A path in the project as it is called there. */
function shown({ project }: RuleContext, path: string): string {
  return isInside(project.root, path) ? path.slice(project.root.length + 1) || "." : path;
}
