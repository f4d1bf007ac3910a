import type { FilePath } from "../../base/path";
import type { Range } from "../../base/text";
import type { Module } from "../../syntax/ast";
import type { DeployedVariable, EntryPoint } from "../model";

/** A file that may select a settings module, as its scanner gets it. */
export interface EntryFile {
  readonly path: FilePath;
  /** The path as seen from the workspace root: its words tell the purpose. */
  readonly relative: string;
  readonly text: string;
  /** Parses the text as Python. */
  readonly module: () => Module;
}

/** An entry point with what helps to find the Django project it belongs to. */
export interface ScannedEntryPoint extends EntryPoint {
  /** The folder that a compose service is built from or works in. */
  readonly base?: FilePath;
}

/** How a deployment serves: seen in a command. */
export interface ServerHint {
  readonly server: "wsgi" | "asgi";
  readonly file: FilePath;
  readonly purpose: EntryPoint["purpose"];
}

/** A file of variables that another file names (`env_file:`, `EnvironmentFile=`). */
export interface NamedEnvFile {
  readonly path: FilePath;
  readonly purpose: EntryPoint["purpose"];
}

export interface ScanResult {
  readonly entryPoints: readonly ScannedEntryPoint[];
  readonly variables: readonly DeployedVariable[];
  readonly servers: readonly ServerHint[];
  readonly envFiles: readonly NamedEnvFile[];
}

export const NOTHING_FOUND: ScanResult = { entryPoints: [], variables: [], servers: [], envFiles: [] };

/** Where a scanner is when it meets a variable or a command. */
export interface Place {
  readonly kind: EntryPoint["kind"];
  readonly purpose: EntryPoint["purpose"];
  /** What `DJANGO_CONFIGURATION` is matched by: variables of one scope belong together (a compose service, a CI job). */
  readonly scope?: string;
  readonly base?: FilePath;
  /** Whether the file deploys something, so that its other variables are worth keeping. */
  readonly deploys?: boolean;
}

/** Collects what one scanner finds in one file. */
export class ScanBuilder {
  private readonly file: EntryFile;
  private readonly points: { readonly point: ScannedEntryPoint; readonly scope: string }[] = [];
  private readonly configurations = new Map<string, string>();
  private readonly variables: DeployedVariable[] = [];
  private readonly servers: ServerHint[] = [];
  private readonly envFiles: NamedEnvFile[] = [];

  constructor(file: EntryFile) {
    this.file = file;
  }

  /** A variable set to a text as written; `raw` may hold placeholders. */
  variable(name: string, raw: string | undefined, range: Range, place: Place): void {
    const scope = place.scope ?? "";
    if (name === "DJANGO_SETTINGS_MODULE") {
      this.select(raw === undefined ? undefined : moduleNameIn(raw), range, "set", place);
    } else if (name === "DJANGO_CONFIGURATION") {
      const value = raw === undefined ? undefined : moduleNameIn(raw);
      if (value !== undefined) this.configurations.set(scope, value);
    } else if (place.deploys === true) {
      const value = raw === undefined ? undefined : literalIn(raw);
      this.variables.push({ name, value, file: this.file.path, range, purpose: place.purpose });
    }
  }

  /** A settings module selected at `range`. */
  select(value: string | undefined, range: Range, form: EntryPoint["form"], place: Place): void {
    const { kind, purpose, base } = place;
    const point = { kind, file: this.file.path, range, value, form, purpose, ...(base === undefined ? {} : { base }) };
    this.points.push({ point, scope: place.scope ?? "" });
  }

  /** `DJANGO_CONFIGURATION` set where `variable` does not apply (Python). */
  configuration(value: string, scope = ""): void {
    this.configurations.set(scope, value);
  }

  server(server: "wsgi" | "asgi", place: Place): void {
    this.servers.push({ server, file: this.file.path, purpose: place.purpose });
  }

  envFile(path: FilePath, place: Place): void {
    this.envFiles.push({ path, purpose: place.purpose });
  }

  result(): ScanResult {
    const entryPoints = this.points.map(({ point, scope }) => {
      const configuration = this.configurations.get(scope) ?? this.configurations.get("");
      return configuration === undefined ? point : { ...point, configuration };
    });
    return { entryPoints, variables: this.variables, servers: this.servers, envFiles: this.envFiles };
  }
}

/** A text as written, its quotes and `${NAME:-default}` resolved; `undefined` when a placeholder or a command is left in it. */
export function literalIn(raw: string): string | undefined {
  const unquoted = raw.trim().replace(/^(["'])(.*)\1$/s, "$2");
  const value = unquoted.replace(/\$\{\w+:?-([^{}]*)\}/g, "$1");
  return /\$[{(\w]|\{\{|\{%|<%|%\(\w+\)|`|^<.*>$|^@.*@$/.test(value) ? undefined : value;
}

/** As {@link literalIn}, for the name of a module or class; anything that is no dotted name is `undefined`. */
export function moduleNameIn(raw: string): string | undefined {
  const value = literalIn(raw);
  return value !== undefined && /^[A-Za-z_][\w-]*(?:\.[\w-]+)*$/.test(value) ? value : undefined;
}
