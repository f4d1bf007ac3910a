import type { RuleContext } from "../../../lint/rule";
import { findInCode, searchesAll, type CodeQuestion } from "../../../project/codeIndex";
import type { Site } from "../../../python/values/value";

/** Where Celery apps are made: other files are not searched. */
const FILES = /(?:celery\w{0,20}|tasks|workers?|__init__|app)\.py$|\/(?:celery\w{0,20}|tasks|workers?)\/\w{1,60}\.py$/;

const WITH_NAMESPACE: CodeQuestion = {
  id: "Celery with the namespace CELERY",
  files: FILES,
  pattern: /^[ \t]*[\w.]*\.config_from_object\([^()#]*\bnamespace\s*=\s*["']CELERY["']/m,
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
    /^[ \t]*[\w.]*\.config_from_object\((?!\s{0,20}["']django\.conf:settings["']\s{0,20},?\s{0,20}\))(?![^()#]*\bnamespace\s*=\s*["']CELERY["'])/m,
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

const APP: CodeQuestion = { id: "a Celery app", files: FILES, pattern: /^[ \t]*\w+\s{0,5}=\s{0,5}Celery\(/m };

/** How a Celery app is made that reads no settings: with nothing at all, or with what its own file writes. */
export interface SettinglessCelery {
  readonly kind: "unconfigured" | "own";
  readonly site: Site;
}

/**
 * The project's Celery app where its file gives it no configuration at all, by no call and no argument, or writes all of it itself;
 * `undefined` where there is none, and where some other file configures one. Errs towards `undefined`.
 */
export function settinglessCelery({ snapshot, project }: RuleContext): SettinglessCelery | undefined {
  const app = findInCode(snapshot, project.root, APP);
  const text = app && snapshot.text(app.file);
  const kind = text === undefined ? undefined : configurationIn(text);
  if (app === undefined || kind === undefined) return undefined;
  const isConfigured = [WITH_NAMESPACE, WITHOUT_NAMESPACE, OTHER].some(
    (question) => findInCode(snapshot, project.root, question) !== undefined,
  );
  return isConfigured || !searchesAll(snapshot, project.root, FILES) ? undefined : { kind, site: app };
}

function configurationIn(text: string): SettinglessCelery["kind"] | undefined {
  if (!/config_|conf\.update|conf\[|broker|\*\*|Celery\([^()]*(?:\*|settings)/.test(text)) return "unconfigured";
  const others = text.split("\n").filter((line) => !line.includes("DJANGO_SETTINGS_MODULE"));
  // Whatever may be more than names and values could hand on settings.
  const mayRead = others.some((line) => /settings|config_|\*\*|setattr|import_module|conf\[/i.test(line));
  return !mayRead && /\bconf\.(?:update\(|\w+\s{0,3}=)/.test(text) ? "own" : undefined;
}
