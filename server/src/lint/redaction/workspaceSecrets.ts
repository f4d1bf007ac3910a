import type { FilePath } from "../../base/path";
import type { DjangoProject } from "../../project/model";
import type { Snapshot } from "../../project/snapshot";
import { inStatements } from "../../syntax/statements";
import type { Config } from "../config";
import type { EntryModule } from "../rule";
import { assignmentSpans } from "./assignmentLines";
import { secretsOfEvaluation, ValueSecrets } from "./collectValues";
import { Redactor } from "./redactor";
import { mayHoldSecret } from "./secretNames";
import { literalsIn } from "./sourceSecrets";

/** One project as far as secrets are looked for in it. */
export interface EvaluatedProject {
  readonly project: DjangoProject;
  readonly config: Config;
  readonly entries: readonly EntryModule[];
}

/**
 * The redactor for everything that is shown of some projects: it knows what stands under secret names in any world of any module, in
 * code that does not run, in environment and deployment files and in the configuration. `last` is kept where nothing has changed.
 */
export function redactorFor(
  projects: readonly EvaluatedProject[],
  snapshot: Snapshot,
  last: Redactor | undefined,
): Redactor {
  const texts = new Set<string>();
  const names = new Set<string>();
  const addAll = (to: Set<string>, more: Iterable<string>): void => {
    for (const each of more) to.add(each);
  };
  for (const { project, config, entries } of projects) {
    for (const { evaluation } of entries) {
      const found = secretsOfEvaluation(evaluation);
      addAll(texts, found.texts);
      addAll(names, found.names);
    }
    for (const file of pythonFiles(project, entries)) addAll(texts, secretsOfModule(snapshot, file));
    for (const file of otherFiles(project)) addAll(texts, secretsOfLines(snapshot, file));
    for (const { name, value } of project.deployedVariables)
      if (value !== undefined && mayHoldSecret(name)) texts.add(value);
    for (const [name, { value }] of config.assume) if (mayHoldSecret(name)) texts.add(value);
  }
  for (const name of publicNames(projects)) texts.delete(name);
  const isSame = isEqual(last?.secrets.texts, texts) && isEqual(last?.secrets.names, names);
  return last !== undefined && isSame ? last : new Redactor({ texts, names });
}

/** What modules, files and settings are called stays readable, whatever value is the same. */
function* publicNames(projects: readonly EvaluatedProject[]): Generator<string> {
  for (const { project, entries } of projects) {
    for (const { name, file } of project.modules) yield* [name, ...name.split("."), ...file.split("/")];
    for (const { file } of project.entryPoints) yield* file.split("/");
    for (const { evaluation } of entries) {
      yield* evaluation.names;
      for (const file of evaluation.files) yield* file.split("/");
    }
  }
}

/** One redactor for what several together keep secret. */
export function joinRedactors(redactors: readonly Redactor[]): Redactor {
  const [first, ...others] = redactors;
  if (first !== undefined && others.length === 0) return first;
  const all = (which: "texts" | "names"): Set<string> =>
    new Set(redactors.flatMap(({ secrets }) => [...secrets[which]]));
  return new Redactor({ texts: all("texts"), names: all("names") });
}

function isEqual(some: ReadonlySet<string> | undefined, others: ReadonlySet<string>): boolean {
  return some?.size === others.size && [...others].every((each) => some.has(each));
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
  return writtenSecrets(parsed.module);
}

const writtenSecrets = inStatements((statement) => {
  const collector = new ValueSecrets();
  for (const { node, name } of literalsIn(statement))
    collector.visit(
      node.kind === "Int" ? { kind: "int", value: node.value } : { kind: "str", value: node.value },
      name,
    );
  return [...collector.found];
});

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
