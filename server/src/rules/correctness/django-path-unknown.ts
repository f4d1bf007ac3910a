import { distance } from "fastest-levenshtein";
import { componentPaths, type ComponentKind } from "../../django/components";
import { defineRule, type ContextOf } from "../../lint/rule";
import { nearest } from "../../lint/similar";
import { describePath } from "../questions/dicts/leaves";
import { replacePath } from "../questions/dottedPaths/pathFixes";
import { dottedPaths, type DottedPath } from "../questions/dottedPaths/places";
import doc from "./django-path-unknown.md";

type Context = ContextOf<typeof djangoPathUnknown>;

/** More letters than this are no slip: the path may name something of an older release. */
const MAX_EDITS = 3;

export const djangoPathUnknown = defineRule({
  id: "django-path-unknown",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    near: '{label}: {owner} has no "{path}"; did you mean "{meant}"? Django raises an exception when it imports it.',
  },
  fixes: { replace: { safety: "unsafe", title: 'Write "{meant}"' } },
  doc,

  check(context) {
    for (const path of dottedPaths(context)) {
      const ofPackage = path.kind === "middleware" ? meantOfPackage(context, path.text) : undefined;
      const meant = ofPackage ?? (path.kind && meantBy(context, path.text, path.kind));
      const owner = ofPackage === undefined ? "Django" : (path.text.split(".", 1)[0] ?? "");
      if (meant !== undefined) report(context, path, owner, meant);
    }
  },
});

/** Middleware that has had its name in all releases in use. Sources: the packages' installation pages. */
const OF_PACKAGES = [
  "corsheaders.middleware.CorsMiddleware",
  "whitenoise.middleware.WhiteNoiseMiddleware",
  "debug_toolbar.middleware.DebugToolbarMiddleware",
  "allauth.account.middleware.AccountMiddleware",
  "simple_history.middleware.HistoryRequestMiddleware",
  "axes.middleware.AxesMiddleware",
  "django_htmx.middleware.HtmxMiddleware",
] as const;

/** The middleware of a package that is not in the workspace, where a path in it has nearly that name. */
function meantOfPackage({ project, snapshot, module }: Context, text: string): string | undefined {
  const [root = ""] = text.split(".");
  const paths = OF_PACKAGES.filter((path) => path.startsWith(`${root}.`));
  if (paths.length === 0 || paths.some((path) => path === text)) return undefined;
  const isOthers = snapshot.host(project.importRoots).resolveModule(root, module.file).kind !== "external";
  return isOthers ? undefined : nearest(text, paths, () => 2);
}

/** What Django has at that place under nearly the same name, where the path names nothing of Django's nor of anybody else's. */
function meantBy(
  { project, snapshot, module, hasPackage }: Context,
  text: string,
  kind: ComponentKind,
): string | undefined {
  const [root = ""] = text.split(".");
  const paths = componentPaths(kind);
  const isKnown = paths.some((path) => text === path || (kind === "apps" && text.startsWith(`${path}.`)));
  if (isKnown || distance(root, "django") > 2) return undefined;
  if (root !== "django") {
    const isOthers = snapshot.host(project.importRoots).resolveModule(root, module.file).kind !== "external";
    if (isOthers || hasPackage(root)) return undefined;
  }
  return nearest(text, paths, () => MAX_EDITS);
}

function report(context: Context, path: DottedPath, owner: string, meant: string): void {
  context.report({
    message: "near",
    values: { label: describePath(path.leaf), owner, path: path.text, meant },
    proof: path.proof,
    at: path.site,
    fixes: [replacePath(context, "replace", path, meant)],
  });
}
