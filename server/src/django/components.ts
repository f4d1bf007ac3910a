import introspected from "./settings.json";

/** What settings name by dotted paths, as far as Django has some of its own. */
export type ComponentKind = Exclude<keyof typeof introspected, "releases" | "settings">;

/** The dotted paths of a kind that any release since 1.8 has. */
export function componentPaths(kind: ComponentKind): readonly string[] {
  return Object.keys(introspected[kind]);
}

/** What each kind is called in Django's documentation, in the singular. */
const KIND_NAMES: Readonly<Record<ComponentKind, string>> = {
  middleware: "middleware",
  contextProcessors: "context processor",
  authenticationBackends: "authentication backend",
  passwordHashers: "password hasher",
  passwordValidators: "password validator",
  cacheBackends: "cache backend",
  storages: "file storage",
  finders: "static files finder",
  sessionSerializers: "session serializer",
  messageStorages: "message storage",
  uploadHandlers: "upload handler",
  emailBackends: "email backend",
  templateBackends: "template engine",
  templateLoaders: "template loader",
  testRunners: "test runner",
  formRenderers: "form renderer",
  taskBackends: "task backend",
  sessionEngines: "session engine",
  databaseEngines: "database engine",
  apps: "app",
};

/** A component of Django's own, and the releases that have it where not all since 1.8 do. */
export interface Component {
  readonly kind: string;
  readonly since: string | undefined;
  /** The last release that has it. */
  readonly until: string | undefined;
}

/** What a dotted path of Django's own is; `undefined` for any other. */
export function componentAt(path: string): Component | undefined {
  for (const kind of Object.keys(KIND_NAMES) as ComponentKind[]) {
    const rows: Readonly<Record<string, { readonly since?: string; readonly until?: string }>> = introspected[kind];
    const row = Object.hasOwn(rows, path) ? rows[path] : undefined;
    if (row !== undefined) return { kind: KIND_NAMES[kind], since: row.since, until: row.until };
  }
  return undefined;
}
