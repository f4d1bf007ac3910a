import introspected from "./settings.json";

/** What settings name by dotted paths, as far as Django has some of its own. */
export type ComponentKind = Exclude<keyof typeof introspected, "releases" | "settings">;

/** The dotted paths of a kind that any release since 1.8 has. */
export function componentPaths(kind: ComponentKind): readonly string[] {
  return Object.keys(introspected[kind]);
}
