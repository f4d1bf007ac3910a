import type { GraphResult, PlainLocation, ProjectSettings, ProjectVariables } from "../../../server/src/protocol";

/** Which two environments a page compares; modules by their dotted names. */
export interface Comparison {
  readonly root: string;
  readonly left: string;
  readonly right: string;
}

/** The messages that a page gets. */
export type ToPage =
  | { readonly type: "comparison"; readonly projects: readonly ProjectSettings[]; readonly shown: Comparison }
  | { readonly type: "graph"; readonly graph: GraphResult }
  | { readonly type: "variables"; readonly projects: readonly ProjectVariables[] }
  /** There is nothing to show, and why. */
  | { readonly type: "nothing"; readonly text: string };

/** What a page asks for. */
export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "compare"; readonly shown: Comparison }
  | { readonly type: "open"; readonly place: PlainLocation }
  /** Shows a setting in the tree. */
  | { readonly type: "setting"; readonly root: string; readonly name: string }
  | { readonly type: "role"; readonly root: string; readonly module: string };
