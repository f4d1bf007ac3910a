import type { FilePath } from "../base/path";
import type { DjangoProject } from "../project/model";
import type { Snapshot } from "../project/snapshot";

/** From where code is looked for: as a settings module of a project would import it. A rule's context is one. */
export interface CodeScope {
  readonly snapshot: Snapshot;
  readonly project: DjangoProject;
  readonly module: { readonly file: FilePath };
}
