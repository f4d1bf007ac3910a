import { append } from "../base/lists";
import type { ProjectAnalysis } from "../features/analysis";
import { newestRelease, releaseText } from "../django/facts";
import { ProjectScope } from "../lint/projectScope";
import { djangoParity, type Raised } from "../lint/parity";
import { productionDeployment } from "../lint/production";
import type { EntryModule } from "../lint/rule";
import { loadUntilComplete, type Snapshot } from "../project/snapshot";
import { parseDotenv } from "../python/libraries/packages/dotenv/text";
import { wholeEnvironment, type ReadVariable } from "../python/semantics/resolve";
import { EXIT, UsageError, type CliHost } from "./host";
import { hang, padEnd, wrap } from "./layout";
import { jsonText } from "./jsonText";
import { printable } from "../base/printable";
import type { Session } from "./session";

export interface ParityOptions {
  /** A file with the variables of the environment, as typed. */
  readonly variables?: string;
}

/** What Django's checks say of one module; the shape that `--format json` prints. */
interface ModuleParity {
  readonly module: string;
  readonly django: string;
  /** Ids that `manage.py check --deploy` prints. */
  readonly reported: readonly string[];
  /** Ids that it would print, were they not in SILENCED_SYSTEM_CHECKS. */
  readonly silenced: readonly string[];
  /** The exception with which the module does not load; then Django checks nothing. */
  readonly raises: RaisedJson | null;
  /** Ids of which it is not known: because of a variable, a package, models or a server. */
  readonly open: readonly string[];
}

interface RaisedJson {
  readonly exception: string;
  readonly message: string | null;
  readonly place: string | null;
}

/**
 * Prints, for each module that Django could be started with, the ids that `manage.py check --deploy` reports as far as settings
 * decide, or the exception with which it does not load: no rule of ours, role or severity has a part in it. Exit code 0.
 */
export async function printParity(session: Session, options: ParityOptions, format: string): Promise<number> {
  if (format !== "text" && format !== "json") throw new UsageError("--django-parity prints text or json");
  const stated = options.variables === undefined ? undefined : await readVariables(session.host, options.variables);
  const modules: ModuleParity[] = [];
  for (const { analysis } of session.opened)
    for (const each of analysis.projects)
      append(modules, await projectParity(session, each, analysis.snapshot, stated));
  const { stdout } = session.host;
  stdout.write(format === "json" ? jsonText({ modules }) : textOf(modules, session.width));
  return EXIT.clean;
}

async function projectParity(
  session: Session,
  analysis: ProjectAnalysis,
  snapshot: Snapshot,
  stated: ReadVariable | undefined,
): Promise<readonly ModuleParity[]> {
  const scope = new ProjectScope({ ...analysis, snapshot }, false);
  const read = stated ?? productionDeployment(analysis.project, analysis.config).variables;
  const report = (): readonly ModuleParity[] =>
    analysis.entries.map((entry) => moduleParity(session, entry, scope, read));
  let modules: readonly ModuleParity[] = [];
  // Questions about the project's code may ask for files that are not loaded yet.
  await loadUntilComplete(snapshot, () => {
    modules = report();
  });
  return modules;
}

function moduleParity(session: Session, entry: EntryModule, scope: ProjectScope, read: ReadVariable): ModuleParity {
  const { snapshot, project } = scope;
  const { module, evaluation } = entry;
  const django = project.django?.version ?? newestRelease;
  const { reported, open, raises } = djangoParity({ snapshot, project, module }, evaluation, read, django);
  const silenced = scope.silencedChecks(entry);
  return {
    module: module.className === undefined ? module.name : `${module.name}:${module.className}`,
    django: releaseText(django),
    reported: reported.filter((id) => !silenced.has(id)),
    silenced: reported.filter((id) => silenced.has(id)),
    raises: raises === undefined ? null : raisedJson(session, raises),
    open,
  };
}

function raisedJson({ at, redactor }: Session, { exception, message, site }: Raised): RaisedJson {
  return {
    exception,
    message: message === undefined ? null : redactor.clean(message),
    place: site === undefined ? null : at.line(site.file, site.range),
  };
}

/** Every variable that the file does not set counts as unset. Throws {@link UsageError} where it cannot be read. */
async function readVariables(host: CliHost, typed: string): Promise<ReadVariable> {
  const read = await host.files.read(host.toPath(typed));
  if (!read.ok) throw new UsageError(`cannot read the variables in "${typed}": ${read.detail}`);
  const texts = new Map(parseDotenv(read.text));
  return wholeEnvironment((name) => texts.get(name));
}

function textOf(modules: readonly ModuleParity[], width: number): string {
  return modules
    .map(({ module, django, reported, silenced, open, raises }) => {
      const lines = [`${printable(module)} (Django ${django})`];
      if (raises === null) append(lines, listLine("reported", reported, width));
      else append(lines, listLine("raises", [raisedText(raises)], width));
      if (silenced.length > 0) append(lines, listLine("silenced", silenced, width));
      if (open.length > 0) append(lines, listLine("not known", open, width));
      return `${lines.join("\n")}\n`;
    })
    .join("\n");
}

function raisedText({ exception, message, place }: RaisedJson): string {
  const where = place === null ? "" : ` at ${place}`;
  return printable(message === null ? exception + where : `${exception}: ${message}`);
}

const LABEL = 13;

function listLine(label: string, ids: readonly string[], width: number): readonly string[] {
  const text = ids.length === 0 ? "nothing" : ids.join(" ");
  return hang(padEnd(`  ${label}`, LABEL), LABEL, wrap(text, width - LABEL));
}
