import { siteOf, type RuleContext } from "../../../lint/rule";
import type { Site } from "../../../python/values/value";
import type { Expr } from "../../../syntax/ast";
import { dottedName } from "../../../syntax/dottedName";
import { importedAs, originOf } from "../modules/moduleLevel";

/** A storage of the workspace that derives from one other. */
export interface DerivedStorage {
  readonly name: string;
  /** The dotted path of the class that it derives from. */
  readonly base: string;
  /** What its body sets, the last value of each. */
  readonly attributes: ReadonlyMap<string, { readonly value: Expr; readonly site: Site }>;
  /** Its body sets attributes and does nothing else, so that the other ones are those of its base. */
  readonly isPlain: boolean;
}

/** The class of the workspace that a dotted path names, if it has one base. */
export function derivedStorage({ snapshot, project, module }: RuleContext, dotted: string): DerivedStorage | undefined {
  const at = dotted.lastIndexOf(".");
  const name = dotted.slice(at + 1);
  const host = snapshot.host(project.importRoots);
  const found = host.resolveModule(dotted.slice(0, Math.max(at, 0)), module.file);
  const parsed = found.kind === "file" ? host.parse(found.path) : undefined;
  if (found.kind !== "file" || parsed?.ok !== true) return undefined;
  const definition = parsed.module.body.findLast((one) => one.kind === "ClassDef" && one.name === name);
  if (definition?.kind !== "ClassDef") return undefined;
  const [base, ...others] = definition.bases.map((one) => dottedName(one));
  if (base === undefined || others.length > 0) return undefined;
  const attributes = new Map<string, { readonly value: Expr; readonly site: Site }>();
  for (const statement of definition.body)
    if (statement.kind === "Assign")
      for (const target of statement.targets)
        if (target.kind === "Name")
          attributes.set(target.id, { value: statement.value, site: siteOf(found.path, statement) });
  const isPlain = definition.body.every(({ kind }) => kind === "Assign" || kind === "Pass" || kind === "Expr");
  return { name, base: originOf(base, importedAs(parsed.module)), attributes, isPlain };
}
