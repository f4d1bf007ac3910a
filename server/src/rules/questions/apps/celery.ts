import type { RuleContext } from "../../../lint/rule";
import { findInCode, type CodeQuestion } from "../../../project/codeIndex";
import type { Site } from "../../../python/values/value";

/** Where Celery apps are made: other files are not searched. */
const FILES = /(?:celery\w{0,20}|tasks|workers?|__init__|app)\.py$|\/(?:celery\w{0,20}|tasks|workers?)\/\w{1,60}\.py$/;

const WITH_NAMESPACE: CodeQuestion = {
  id: "Celery with the namespace CELERY",
  files: FILES,
  pattern: /\.config_from_object\([^()#]*\bnamespace\s*=\s*["']CELERY["']/,
};
const WITHOUT_NAMESPACE: CodeQuestion = {
  id: "Celery without a namespace, configured from Django's settings",
  files: FILES,
  pattern: /^[ \t]*[\w.]*\.config_from_object\(\s{0,20}["']django\.conf:settings["']\s{0,20},?\s{0,20}\)/m,
};
const OTHER: CodeQuestion = {
  id: "Celery configured in another way",
  files: FILES,
  pattern:
    /\.config_from_object\((?!\s{0,20}["']django\.conf:settings["']\s{0,20},?\s{0,20}\))(?![^()#]*\bnamespace\s*=\s*["']CELERY["'])/,
};

/** How the project's only Celery app reads its settings; `undefined` where there is none, or several that differ. */
export function celeryConfiguration({ snapshot, project }: RuleContext):
  | {
      readonly kind: "celery" | "none";
      readonly site: Site;
    }
  | undefined {
  const [celery, none, other] = [WITH_NAMESPACE, WITHOUT_NAMESPACE, OTHER].map((question) =>
    findInCode(snapshot, project.root, question),
  );
  if (other !== undefined || (celery !== undefined && none !== undefined)) return undefined;
  if (celery !== undefined) return { kind: "celery", site: celery };
  return none && { kind: "none", site: none };
}
