import type { FilePath } from "../../base/path";
import type { Range } from "../../base/text";
import type { Module } from "../../syntax/ast";
import type { DeployedVariable, EntryPoint } from "../model";
import type { StartedProcess } from "./startCommand";

/** A file that may select a settings module, as its scanner gets it. */
export interface EntryFile {
  readonly path: FilePath;
  /** The path as seen from the workspace root: its words tell the purpose. */
  readonly relative: string;
  readonly text: string;
  /** Parses the text as Python. */
  readonly module: () => Module;
}

/** A part of a computed module name: text, or a variable with what stands for it where it is not set. */
export type NamePart = string | { readonly variable: string; readonly fallback: string | undefined };

/** An entry point with what helps to find the Django project it belongs to. */
export interface ScannedEntryPoint extends EntryPoint {
  /** The folder that a compose service is built from or works in. */
  readonly base?: FilePath;
  /** The service, process or job of the file that it is about; absent where it holds for all of them. */
  readonly scope?: string;
  /** What a computed name is made of, where all of it can be told from variables. */
  readonly parts?: readonly NamePart[];
}

/** A process that a file starts. */
export interface StartCommand extends StartedProcess {
  readonly kind: EntryPoint["kind"];
  readonly file: FilePath;
  /** The range of the command. */
  readonly range: Range;
  readonly purpose: EntryPoint["purpose"];
  readonly scope: string;
  readonly base?: FilePath;
}

/** A script that a container, service or process runs by its name; `service`: an image, which starts what its Dockerfile says. */
export interface Run {
  readonly kind: "script" | "image";
  /** The script's name without folders, or the Dockerfile's path. */
  readonly target: string;
  readonly place: Pick<StartCommand, "kind" | "file" | "purpose" | "scope">;
}

/** A file of variables that another file names (`env_file:`, `EnvironmentFile=`). */
export interface NamedEnvFile {
  readonly path: FilePath;
  readonly purpose: EntryPoint["purpose"];
  /** Who gets the variables. */
  readonly file: FilePath;
  readonly scope: string;
}

export interface ScanResult {
  readonly entryPoints: readonly ScannedEntryPoint[];
  readonly variables: readonly DeployedVariable[];
  readonly starts: readonly StartCommand[];
  readonly runs: readonly Run[];
  readonly envFiles: readonly NamedEnvFile[];
}

export const NOTHING_FOUND: ScanResult = { entryPoints: [], variables: [], starts: [], runs: [], envFiles: [] };

/** Where a scanner is when it meets a variable or a command. */
export interface Place {
  readonly kind: EntryPoint["kind"];
  readonly purpose: EntryPoint["purpose"];
  /** What `DJANGO_CONFIGURATION` is matched by: variables of one scope belong together (a compose service, a CI job). */
  readonly scope?: string;
  readonly base?: FilePath;
  /** Whether the file deploys something, so that its other variables are worth keeping. */
  readonly deploys?: boolean;
  /** Whether the texts of variables are written in base64, as in a Secret of Kubernetes. */
  readonly isBase64?: boolean;
  /** Whether variables get the texts that another manifest has for them under the same names. */
  readonly isReference?: boolean;
}

/** Collects what one scanner finds in one file. */
export class ScanBuilder {
  private readonly file: EntryFile;
  private readonly points: ScannedEntryPoint[] = [];
  private readonly configurations: { readonly value: string; readonly range: Range; readonly place: Place }[] = [];
  private readonly variables: DeployedVariable[] = [];
  private readonly starts: StartCommand[] = [];
  private readonly runs: Run[] = [];
  private readonly envFiles: NamedEnvFile[] = [];

  constructor(file: EntryFile) {
    this.file = file;
  }

  /** A variable set to a text as written, which may hold placeholders. */
  variable(
    name: string,
    written: string | undefined,
    range: Range,
    place: Place,
    quotes: "of-syntax" | "of-value" = "of-syntax",
  ): void {
    const raw = written !== undefined && place.isBase64 === true ? decoded(written) : written;
    if (name === "DJANGO_SETTINGS_MODULE") {
      this.select(raw === undefined ? undefined : moduleNameIn(raw), range, "set", place);
    } else if (name === "DJANGO_CONFIGURATION") {
      const value = raw === undefined ? undefined : moduleNameIn(raw);
      if (value !== undefined) this.configuration(value, range, place);
    } else if (place.deploys === true) {
      const { kind, purpose, isReference } = place;
      const text = quotes === "of-value" ? raw : raw && unquoted(raw);
      const value = text === undefined ? undefined : resolvedIn(text, KEEPS_DOLLARS.has(kind));
      this.variables.push({
        name,
        value,
        file: this.file.path,
        range,
        purpose,
        ...scopeOf(place),
        ...(isReference === true ? { isReference } : {}),
      });
    }
  }

  /** A settings module selected at `range`. */
  select(
    value: string | undefined,
    range: Range,
    form: EntryPoint["form"],
    place: Place,
    parts?: readonly NamePart[],
  ): void {
    const { kind, purpose, base } = place;
    const optional = { ...(base === undefined ? {} : { base }), ...(parts === undefined ? {} : { parts }) };
    this.points.push({ kind, file: this.file.path, range, value, form, purpose, ...scopeOf(place), ...optional });
  }

  /** A class of django-configurations selected at `range`. */
  configuration(value: string, range: Range, place: Place): void {
    this.configurations.push({ value, range, place });
  }

  /** A process started by the command at `range`. */
  start(process: StartedProcess, range: Range, place: Place): void {
    const { kind, purpose, base, scope = "" } = place;
    const optional = base === undefined ? {} : { base };
    this.starts.push({ ...process, kind, file: this.file.path, range, purpose, scope, ...optional });
  }

  /** A script that a command runs (by its name), or the Dockerfile whose image a service runs. */
  run(kind: Run["kind"], target: string, place: Place): void {
    const { kind: placeKind, purpose, scope = "" } = place;
    this.runs.push({ kind, target, place: { kind: placeKind, file: this.file.path, purpose, scope } });
  }

  envFile(path: FilePath, place: Place): void {
    this.envFiles.push({ path, purpose: place.purpose, file: this.file.path, scope: place.scope ?? "" });
  }

  result(): ScanResult {
    const { variables, starts, runs, envFiles } = this;
    const entryPoints = this.points.map((point) => {
      const own = this.configurations.find(({ place }) => (place.scope ?? "") === (point.scope ?? ""));
      const chosen = own ?? this.configurations.find(({ place }) => place.scope === undefined);
      return chosen === undefined ? point : { ...point, configuration: chosen.value };
    });
    return { entryPoints: [...entryPoints, ...this.loneConfigurations()], variables, starts, runs, envFiles };
  }

  /** Classes chosen where the module is not: that is named by another file. */
  private loneConfigurations(): readonly ScannedEntryPoint[] {
    return this.configurations.flatMap(({ value, range, place }) => {
      const { kind, purpose, scope } = place;
      if (this.points.some((point) => scope === undefined || point.scope === undefined || point.scope === scope))
        return [];
      const point = { kind, purpose, file: this.file.path, range, value: undefined, configuration: value };
      return [{ ...point, form: "set" as const, ...scopeOf(place) }];
    });
  }
}

function scopeOf({ scope }: Place): { readonly scope?: string } {
  return scope === undefined || scope === "" ? {} : { scope };
}

/** The text that base64 stands for; `undefined` where it is none, as a placeholder. */
function decoded(base64: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), (char) => char.codePointAt(0) ?? 0);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r?\n$/, "");
  } catch {
    return undefined;
  }
}

/** A text as written, its quotes and `${NAME:-default}` resolved; `undefined` when a placeholder or a command is left in it. */
export function literalIn(raw: string): string | undefined {
  return resolvedIn(unquoted(raw), false);
}

function unquoted(raw: string): string {
  return raw.trim().replace(/^(["'])(.*)\1$/s, "$2");
}

/** The same for a text whose quotes the file's own format has taken away: what is left of them belongs to the value. */
function resolvedIn(text: string, keepsDollars: boolean): string | undefined {
  const value = text.replace(/\$\{\w+:?-([^{}]*)\}/g, "$1");
  const isFilledIn = keepsDollars ? /^\$\w|\$[{(A-Z_]/ : /\$[{(\w]/;
  return isFilledIn.test(value) || /\{\{|\{%|<%|%\(\w+\)|`|^<.*>$|^@.*@$/.test(value) ? undefined : value;
}

/**
 * Files whose readers put nothing in for `$name` within a text, so that a generated key may hold it. Docker Compose does in files
 * of variables: a name in capitals is taken for a placeholder, and one in small letters is rare.
 */
const KEEPS_DOLLARS: ReadonlySet<EntryPoint["kind"]> = new Set([
  "supervisor",
  "systemd",
  "uwsgi",
  "env-file",
  "kubernetes",
  "paas",
]);

/** As {@link literalIn}, for the name of a module or class; anything that is no dotted name is `undefined`. */
export function moduleNameIn(raw: string): string | undefined {
  const value = literalIn(raw);
  return value !== undefined && /^[A-Za-z_][\w-]*(?:\.[\w-]+)*$/.test(value) ? value : undefined;
}
