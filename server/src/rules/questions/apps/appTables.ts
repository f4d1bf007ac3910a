import { joinPath, parentPath } from "../../../base/path";
import type { RuleContext } from "../../../lint/rule";
import { dottedName } from "../../../syntax/dottedName";
import type { WorkspaceApp } from "./appLabels";

/** Whether an app of the workspace certainly has tables in the database: a migration, or a model in its `models.py`. */
export function hasTables({ snapshot, source }: RuleContext, { folder }: WorkspaceApp): boolean {
  const migrations = joinPath(folder, "migrations");
  if (
    snapshot.isFolder(migrations) &&
    [...snapshot.listing.files].some((file) => parentPath(file) === migrations && /\/\d+_\w+\.py$/.test(file))
  )
    return true;
  const body = source(joinPath(folder, "models.py"))?.ast.body ?? [];
  return body.some((one) => one.kind === "ClassDef" && one.bases.some((base) => dottedName(base) === "models.Model"));
}
