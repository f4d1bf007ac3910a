import { parentPath, relativePath } from "../../base/path";
import { defineRule, type RuleContext } from "../../lint/rule";
import { setFix } from "../questions/fixes/settingFixes";
import doc from "./root-urlconf-missing.md";

export const rootUrlconfMissing = defineRule({
  id: "root-urlconf-missing",
  category: "correctness",
  severity: "error",
  audience: "entry",
  aboutRequests: true,
  messages: {
    unset:
      "ROOT_URLCONF is not set in {module}: every request fails with AttributeError. Set it to the module with the urlpatterns.",
  },
  fixes: { set: { safety: "unsafe", title: 'Set ROOT_URLCONF to "{value}"' } },
  doc,

  check(context) {
    const setting = context.setting("ROOT_URLCONF");
    if (!setting.isUnset || context.setting("INSTALLED_APPS").isUnset || !isServed(context)) return;
    const proof = setting.mustBe(({ kind }) => kind === "unset");
    if (proof === undefined || proof.overridable !== undefined) return;
    const urls = urlsModule(context);
    context.report({
      message: "unset",
      proof,
      fixes: [urls === undefined ? undefined : setFix(context, "set", proof, { text: urls })],
    });
  },
});

/** Whether a server is started with the module: a project may as well only use Django's models. */
function isServed({ module, project }: RuleContext): boolean {
  return project.entryPoints.some(
    (point) => (point.kind === "wsgi" || point.kind === "asgi") && point.module === module.file,
  );
}

/** The `urls` module beside the project's wsgi module. */
function urlsModule({ project, snapshot }: RuleContext): string | undefined {
  const folders = project.entryPoints
    .filter(({ kind }) => kind === "wsgi" || kind === "asgi")
    .map(({ file }) => parentPath(file));
  const folder = folders.find((one) => snapshot.isFile(`${one}/urls.py`));
  if (folder === undefined) return undefined;
  const path = relativePath(project.root, folder);
  return path === "" ? "urls" : `${path.replaceAll("/", ".")}.urls`;
}
