import type { FilePath } from "../../base/path";
import type { DjangoProject } from "../../project/model";
import type { Snapshot } from "../../project/snapshot";
import type { Evaluation } from "../../python/evaluation";
import type { Config } from "../config";
import type { EntryModule } from "../rule";
import { assignmentSpans } from "./assignmentLines";
import { secretsOfEvaluation, ValueSecrets } from "./collectValues";
import { Redactor } from "./redactor";
import { mayHoldSecret } from "./secretNames";
import { literalsOf } from "./sourceSecrets";

/** One project as far as secrets are looked for in it. */
export interface EvaluatedProject {
  readonly project: DjangoProject;
  readonly config: Config;
  readonly entries: readonly EntryModule[];
}

/** An evaluation is kept as long as nothing changes, and so is what was found in it. */
const known = new WeakMap<Evaluation, ReadonlySet<string>>();

/**
 * The redactor for everything that is shown of some projects: it knows what stands under secret names in any world of any module, in
 * code that does not run, in environment and deployment files and in the configuration. `last` is kept where nothing has changed.
 */
export function redactorFor(
  projects: readonly EvaluatedProject[],
  snapshot: Snapshot,
  last: Redactor | undefined,
): Redactor {
  const secrets = new Set<string>();
  const add = (texts: Iterable<string>): void => {
    for (const text of texts) secrets.add(text);
  };
  for (const { project, config, entries } of projects) {
    for (const { evaluation } of entries) add(secretsIn(evaluation));
    for (const file of pythonFiles(project, entries)) add(secretsOfModule(snapshot, file));
    for (const file of otherFiles(project)) add(secretsOfLines(snapshot, file));
    for (const { name, value } of project.deployedVariables)
      if (value !== undefined && mayHoldSecret(name)) secrets.add(value);
    for (const [name, { value }] of config.assume) if (mayHoldSecret(name)) secrets.add(value);
  }
  const isSame = last?.secrets.size === secrets.size && [...secrets].every((text) => last.secrets.has(text));
  return last !== undefined && isSame ? last : new Redactor(secrets);
}

function secretsIn(evaluation: Evaluation): ReadonlySet<string> {
  let found = known.get(evaluation);
  if (found === undefined) known.set(evaluation, (found = secretsOfEvaluation(evaluation)));
  return found;
}

function pythonFiles(project: DjangoProject, entries: readonly EntryModule[]): ReadonlySet<FilePath> {
  const files = [...project.modules.map(({ file }) => file), ...entries.flatMap(({ evaluation }) => evaluation.files)];
  return new Set([...files, ...project.entryPoints.map(({ file }) => file)].filter((file) => file.endsWith(".py")));
}

function otherFiles(project: DjangoProject): ReadonlySet<FilePath> {
  const files = [...project.entryPoints, ...project.deployedVariables].map(({ file }) => file);
  return new Set(files.filter((file) => !file.endsWith(".py")));
}

/** What is written below secret names, whether it is run or not. */
function secretsOfModule(snapshot: Snapshot, file: FilePath): Iterable<string> {
  const parsed = snapshot.parse(file);
  if (!parsed.ok) return [];
  const { module } = parsed;
  const found = snapshot.derive("secrets", file, () => {
    const collector = new ValueSecrets();
    for (const { node, name } of literalsOf(module))
      collector.visit(
        node.kind === "Int" ? { kind: "int", value: node.value } : { kind: "str", value: node.value },
        name,
      );
    return collector.found;
  });
  return found ?? [];
}

function secretsOfLines(snapshot: Snapshot, file: FilePath): Iterable<string> {
  const found = snapshot.derive("secrets", file, (text) =>
    assignmentSpans(text, false).map(({ start, end }) =>
      text
        .slice(start, end)
        .trim()
        .replace(/^["'`]|["'`,;]{1,3}$/g, ""),
    ),
  );
  return found ?? [];
}
