import { printable } from "../base/printable";
import type { EntryModule } from "../lint/rule";
import type { Step } from "../python/values/value";
import type { ProjectAnalysis } from "../features/analysis";
import type { Report } from "./analysis";
import { settingsOf, type ShownOutcome, type ShownSetting } from "../features/effectiveSettings";
import { defaultOf } from "../django/facts";
import { pythonLiteral } from "../features/pythonLiteral";
import { noteJson } from "./formatJson";
import type { Locations } from "./locations";
import { jsonText } from "./jsonText";
import type { Redactor } from "../lint/redaction/redactor";

/** One settings module with the project that it belongs to. */
export interface ShownModule {
  readonly owner: ProjectAnalysis;
  readonly entry: EntryModule;
}

/** What commands say of settings. */
export interface ShownSettings {
  /** Masks secrets; without one they are shown. */
  readonly redactor: Redactor | undefined;
  /** Leave out what has the default of the project's Django. A project's own settings have none. */
  readonly onlyChanged: boolean;
}

/** The settings of a module that are asked for. */
export function askedFor({ owner, entry }: ShownModule, shown: ShownSettings): readonly ShownSetting[] {
  const all = settingsOf(entry, shown.redactor);
  if (!shown.onlyChanged) return all;
  const django = owner.project.django?.version;
  return all.filter(({ name, outcomes }) => {
    const fallback = defaultOf(name, django);
    const literal = fallback && pythonLiteral(fallback);
    return outcomes.some(({ python, overridable }) => python === undefined || python !== literal || overridable);
  });
}

/** The shape of `show --format json`: docs/schemas/show.schema.json. */
export function showJson(modules: readonly ShownModule[], report: Report, at: Locations, shown: ShownSettings): string {
  const document = {
    version: 1,
    modules: modules.map((each) => moduleJson(each, at, shown)),
    notes: report.notes.map((note) => noteJson(note, at)),
    problems: report.problems.map((note) => noteJson(note, at)),
  };
  return jsonText(document);
}

function moduleJson(each: ShownModule, at: Locations, shown: ShownSettings): object {
  const { owner, entry } = each;
  const { module, evaluation } = entry;
  const { django } = owner.project;
  return {
    module: module.name,
    ...(module.className === undefined ? {} : { className: module.className }),
    file: at.path(module.file),
    role: module.role,
    evidence: module.evidence.map(({ text }) => printable(text)),
    django: django === undefined ? null : { version: django.version.join("."), source: django.source },
    failure:
      evaluation.failure === undefined
        ? null
        : { exception: evaluation.failure.exception, ...placeJson(evaluation.failure.site, at) },
    settings: Object.fromEntries(askedFor(each, shown).map((setting) => [setting.name, settingJson(setting, at)])),
  };
}

function settingJson(setting: ShownSetting, at: Locations): object {
  const { origin } = setting;
  return {
    status: setting.status,
    ...(setting.python === undefined ? {} : { python: setting.python }),
    ...(setting.masked ? { masked: true } : {}),
    outcomes: setting.outcomes.map((outcome) => outcomeJson(outcome, at)),
    origin: origin === undefined ? null : placeJson({ file: origin.site.file, range: origin.target }, at),
    steps: setting.steps.map((step) => stepJson(step, at)),
  };
}

function outcomeJson(outcome: ShownOutcome, at: Locations): object {
  return {
    status: outcome.status,
    ...(outcome.python === undefined ? {} : { python: outcome.python }),
    text: printable(outcome.text),
    when: printable(outcome.when),
    variables: outcome.variables.map(({ fallback, ...variable }) =>
      fallback === undefined ? variable : { ...variable, fallback },
    ),
    causes: outcome.causes.map(printable),
    steps: outcome.steps.map((step) => stepJson(step, at)),
    overridable: outcome.overridable === undefined ? null : stepJson(outcome.overridable, at),
  };
}

function stepJson(step: Step, at: Locations): object {
  return { kind: step.kind, module: step.module, ...placeJson({ file: step.site.file, range: step.target }, at) };
}

function placeJson(site: { file: string; range: { start: number; end: number } }, at: Locations): object {
  return { file: at.path(site.file), ...at.position(site.file, site.range.start) };
}
