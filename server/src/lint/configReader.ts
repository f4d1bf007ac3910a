import { TomlError } from "smol-toml";
import { parentPath, type FilePath } from "../base/path";
import { printableCount } from "../base/printable";
import { LineIndex, type Range } from "../base/text";
import { DocumentExcess, parseTomlDocument } from "../documents/parse";
import type { Note, Role } from "../project/model";
import {
  defaultConfig,
  GRADES,
  PRESETS,
  ROLES,
  type Config,
  type Grade,
  type Origin,
  type Override,
  type Preset,
  type RuleChoice,
  type Sourced,
} from "./config";
import { expandBraces } from "../project/pathGlob";
import type { OptionDeclaration, OptionValue, Rule } from "./rule";
import { mostSimilar, suggestion } from "./similar";
import { tomlPlaces, wordAtEnd, type TomlPlace } from "../documents/tomlPlaces";

/** The table's path in `pyproject.toml`. */
export const CONFIG_TABLE = ["tool", "django-settings-lint"] as const;

type Table = Readonly<Record<string, unknown>>;
type Path = readonly string[];

/**
 * Reads the `[tool.django-settings-lint]` table of a `pyproject.toml`. Gives `undefined` when the file has no such table.
 * Never throws: whatever is wrong becomes a note in `problems`, and the rest of the table stays in force.
 */
export function readConfig(text: string, file: FilePath, rules: readonly Rule[]): Config | undefined {
  let document: Table;
  try {
    document = parseTomlDocument(text, { integersAsBigInt: false });
  } catch (error) {
    // Without the table's name in it a broken file is the business of the tools whose tables it has.
    if (!text.includes(`tool.${CONFIG_TABLE[1]}`)) return undefined;
    return { ...defaultConfig(parentPath(file)), file, problems: [syntaxProblem(error, text, file)] };
  }
  const tool = document[CONFIG_TABLE[0]];
  const table = isTable(tool) ? tool[CONFIG_TABLE[1]] : undefined;
  if (table === undefined) return undefined;
  return new ConfigReader(text, file, rules).read(table);
}

function syntaxProblem(error: unknown, text: string, file: FilePath): Note {
  if (error instanceof DocumentExcess)
    return { file, message: `This file was not parsed: ${error.message}. The configuration in it is ignored.` };
  const lines = new LineIndex(text);
  const at = error instanceof TomlError ? lines.offset({ line: error.line - 1, column: error.column - 1 }) : 0;
  // smol-toml's message goes on with an excerpt of the file, which may hold anything.
  const what =
    error instanceof Error ? (error.message.split("\n")[0] ?? "").replace("Invalid TOML document: ", "") : "";
  const range = { start: at, end: Math.max(at, lines.lineEnd(lines.position(at).line)) };
  return { file, range, message: `This file is not valid TOML (${what}), so the configuration in it is ignored.` };
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** More than these is no list that a person wrote, and each is compared with every path. */
const MAX_GLOBS = 500;
const MAX_GLOB_LENGTH = 1000;
/** More problems than these are not looked for: a file of mistakes is read by nobody to its end. */
const MAX_PROBLEMS = 100;

const KEYS = ["preset", "rules", "overrides", "roles", "assume", "django", "exclude", "require-reason"] as const;

/** What is wrong with a glob, as the rest of a sentence. */
function whyNoGlob(glob: string): string | undefined {
  if (glob.length > MAX_GLOB_LENGTH) return `is longer than ${printableCount(MAX_GLOB_LENGTH)} characters`;
  return expandBraces(glob) === undefined ? "has too many alternatives in braces" : undefined;
}

class ConfigReader {
  private readonly file: FilePath;
  private readonly text: string;
  private readonly lines: LineIndex;
  private readonly places: (path: Path) => TomlPlace | undefined;
  private readonly rules: ReadonlyMap<string, Rule>;
  private readonly problems: Note[] = [];

  constructor(text: string, file: FilePath, rules: readonly Rule[]) {
    this.file = file;
    this.text = text;
    this.lines = new LineIndex(text);
    this.places = tomlPlaces(text);
    this.rules = new Map(rules.map((rule) => [rule.id, rule]));
  }

  read(table: unknown): Config {
    const fallback = defaultConfig(parentPath(this.file));
    const at: Path = CONFIG_TABLE;
    if (!isTable(table)) {
      this.problem(at, "value", `"${at.join(".")}" must be a table.`);
      return { ...fallback, file: this.file, problems: this.problems };
    }
    this.checkKeys(table, at, KEYS);
    return {
      file: this.file,
      folder: fallback.folder,
      preset: this.oneOf<Preset>(table["preset"], [...at, "preset"], PRESETS) ?? fallback.preset,
      rules: this.ruleChoices(table["rules"], [...at, "rules"]),
      overrides: this.overrides(table["overrides"], [...at, "overrides"]),
      roles: this.eachEntry(this.globKeys(table["roles"], [...at, "roles"]), [...at, "roles"], (value, path) =>
        this.oneOf<Role>(value, path, ROLES),
      ),
      assume: this.eachEntry(table["assume"], [...at, "assume"], (value, path) => this.environmentText(value, path)),
      django: this.version(table["django"], [...at, "django"]),
      exclude: this.globs(table["exclude"], [...at, "exclude"]) ?? fallback.exclude,
      requireReason: this.boolean(table["require-reason"], [...at, "require-reason"]) ?? fallback.requireReason,
      problems: this.problems,
    };
  }

  private range(path: Path, part: "key" | "value"): Range {
    for (let length = path.length; length > 0; length -= 1) {
      const place = this.places(path.slice(0, length));
      if (place !== undefined) return length === path.length ? place[part] : place.key;
    }
    return { start: 0, end: 0 };
  }

  private problem(path: Path, part: "key" | "value", message: string): void {
    this.problems.push({ file: this.file, range: this.range(path, part), message });
  }

  /** A problem of a word; `near`: what was probably meant. */
  private wrongWord(path: Path, part: "key" | "value", word: string, near: string | undefined, message: string): void {
    const place = near === undefined ? undefined : this.places(path);
    const range = place && wordAtEnd(this.text, place[part], word);
    const meant = near === undefined || range === undefined ? {} : { meant: { range, text: near } };
    this.problems.push({ file: this.file, range: this.range(path, part), message, ...meant });
  }

  private sourced<T>(value: T, path: Path): Sourced<T> {
    return { value, origin: this.origin(path) };
  }

  private origin(path: Path): Origin {
    const range = this.range(path, "key");
    return { kind: "file", file: this.file, line: this.lines.position(range.start).line, range };
  }

  private checkKeys(table: Table, path: Path, allowed: readonly string[]): void {
    for (const key of Object.keys(table)) {
      if (allowed.includes(key) || this.problems.length >= MAX_PROBLEMS) continue;
      const names = allowed.map((name) => `"${name}"`).join(", ");
      const near = mostSimilar(key, allowed);
      const message = `Unknown key "${key}".${suggestion(near)} Possible are ${names}.`;
      this.wrongWord([...path, key], "key", key, near, message);
    }
  }

  /** The table under a key; says so when there is something else. */
  private table(value: unknown, path: Path): Table {
    if (value === undefined) return {};
    if (isTable(value)) return value;
    this.problem(path, "value", `"${path.at(-1) ?? ""}" must be a table.`);
    return {};
  }

  private eachEntry<T>(
    value: unknown,
    path: Path,
    read: (value: unknown, path: Path) => Sourced<T> | undefined,
  ): ReadonlyMap<string, Sourced<T>> {
    const entries = new Map<string, Sourced<T>>();
    for (const [key, inner] of Object.entries(this.table(value, path))) {
      const entry = read(inner, [...path, key]);
      if (entry !== undefined) entries.set(key, entry);
    }
    return entries;
  }

  private oneOf<T extends string>(value: unknown, path: Path, allowed: readonly T[]): Sourced<T> | undefined {
    if (value === undefined) return undefined;
    const found = allowed.find((one) => one === value);
    if (found !== undefined) return this.sourced(found, path);
    const names = allowed.map((name) => `"${name}"`).join(", ");
    const word = typeof value === "string" ? value : "";
    const near = mostSimilar(word, allowed);
    this.wrongWord(path, "value", word, near, `"${path.at(-1) ?? ""}" must be one of ${names}.${suggestion(near)}`);
    return undefined;
  }

  private boolean(value: unknown, path: Path): Sourced<boolean> | undefined {
    if (value === undefined) return undefined;
    if (typeof value === "boolean") return this.sourced(value, path);
    this.problem(path, "value", `"${path.at(-1) ?? ""}" must be true or false.`);
    return undefined;
  }

  private strings(value: unknown, path: Path): Sourced<readonly string[]> | undefined {
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.every((one) => typeof one === "string")) return this.sourced(value, path);
    this.problem(path, "value", `"${path.at(-1) ?? ""}" must be a list of texts: ["one", "two"].`);
    return undefined;
  }

  private globs(value: unknown, path: Path): Sourced<readonly string[]> | undefined {
    const read = this.strings(value, path);
    const tooMany = read !== undefined && read.value.length > MAX_GLOBS;
    if (tooMany) this.problem(path, "value", `"${path.at(-1) ?? ""}" has more than ${MAX_GLOBS} globs.`);
    const wrong = tooMany ? -1 : (read?.value.findIndex((glob) => whyNoGlob(glob) !== undefined) ?? -1);
    if (wrong >= 0)
      this.problem([...path, String(wrong)], "value", `This glob ${whyNoGlob(read?.value[wrong] ?? "") ?? ""}.`);
    return tooMany || wrong >= 0 ? undefined : read;
  }

  /** A table without the keys that are no globs; the whole of it is left out when there are too many. */
  private globKeys(value: unknown, path: Path): unknown {
    if (!isTable(value)) return value;
    const keys = Object.keys(value);
    if (keys.length > MAX_GLOBS) {
      this.problem(path, "value", `"${path.at(-1) ?? ""}" has more than ${MAX_GLOBS} entries.`);
      return undefined;
    }
    const wrong = keys.filter((key) => whyNoGlob(key) !== undefined);
    for (const key of wrong) this.problem([...path, key], "key", `This glob ${whyNoGlob(key) ?? ""}.`);
    return Object.fromEntries(Object.entries(value).filter(([key]) => !wrong.includes(key)));
  }

  private environmentText(value: unknown, path: Path): Sourced<string> | undefined {
    if (typeof value === "string") return this.sourced(value, path);
    const name = path.at(-1) ?? "";
    this.problem(path, "value", `"${name}" must be a text, as environment variables are: ${name} = "...".`);
    return undefined;
  }

  private version(value: unknown, path: Path): Sourced<readonly [number, number]> | undefined {
    if (value === undefined) return undefined;
    const match = typeof value === "string" ? /^(\d+)\.(\d+)(\.\d+)?$/.exec(value) : null;
    if (match !== null) return this.sourced([Number(match[1]), Number(match[2])] as const, path);
    this.problem(path, "value", `"django" must be a release as a text: "5.2".`);
    return undefined;
  }

  private ruleChoices(value: unknown, path: Path): ReadonlyMap<string, RuleChoice> {
    const choices = new Map<string, RuleChoice>();
    for (const [id, choice] of Object.entries(this.table(value, path))) {
      if (this.problems.length >= MAX_PROBLEMS) break;
      const at = [...path, id];
      const rule = this.rules.get(id);
      if (rule === undefined) {
        const near = mostSimilar(id, this.rules.keys());
        this.wrongWord(at, "key", id, near, `There is no rule "${id}".${suggestion(near)}`);
        continue;
      }
      const read = this.ruleChoice(rule, choice, at);
      if (read !== undefined) choices.set(id, read);
    }
    return choices;
  }

  private ruleChoice(rule: Rule, value: unknown, path: Path): RuleChoice | undefined {
    const origin = this.origin(path);
    if (!isTable(value)) {
      const grade = this.oneOf<Grade>(value, path, GRADES);
      return grade === undefined ? undefined : { grade: grade.value, options: new Map(), origin };
    }
    const declared = rule.options ?? {};
    this.checkKeys(value, path, ["severity", ...Object.keys(declared)]);
    const options = new Map<string, OptionValue>();
    for (const [name, declaration] of Object.entries(declared)) {
      const option = this.option(declaration, value[name], [...path, name]);
      if (option !== undefined) options.set(name, option);
    }
    return { grade: this.oneOf<Grade>(value["severity"], [...path, "severity"], GRADES)?.value, options, origin };
  }

  private option(declaration: OptionDeclaration, value: unknown, path: Path): OptionValue | undefined {
    if (value === undefined) return undefined;
    if (declaration.type === "strings") return this.strings(value, path)?.value;
    if (declaration.type === "boolean") return this.boolean(value, path)?.value;
    if (declaration.type === "string" && typeof value === "string") return value;
    if (declaration.type === "integer" && typeof value === "number" && Number.isInteger(value)) return value;
    const wanted = declaration.type === "string" ? "a text" : "a whole number";
    this.problem(path, "value", `"${path.at(-1) ?? ""}" must be ${wanted}.`);
    return undefined;
  }

  private overrides(value: unknown, path: Path): readonly Override[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.problem(path, "value", `"overrides" must be a list of tables: [[${path.join(".")}]].`);
      return [];
    }
    return value.flatMap((entry: unknown, index) => {
      const at = [...path, String(index)];
      if (!isTable(entry)) {
        this.problem(at, "value", `Each of "overrides" must be a table.`);
        return [];
      }
      return this.override(entry, at) ?? [];
    });
  }

  private override(entry: Table, path: Path): Override | undefined {
    this.checkKeys(entry, path, ["paths", "roles", "rules"]);
    const paths = this.globs(entry["paths"], [...path, "paths"]);
    const roles = this.roleList(entry["roles"], [...path, "roles"]);
    const rules = this.ruleChoices(entry["rules"], [...path, "rules"]);
    // An override whose condition cannot be read must not apply everywhere.
    if (
      (entry["paths"] !== undefined && paths === undefined) ||
      (entry["roles"] !== undefined && roles === undefined)
    ) {
      return undefined;
    }
    return { paths: paths?.value, roles, rules };
  }

  private roleList(value: unknown, path: Path): readonly Role[] | undefined {
    const names = this.strings(value, path);
    if (names === undefined) return undefined;
    return names.value.flatMap((name, index) => this.oneOf<Role>(name, [...path, String(index)], ROLES)?.value ?? []);
  }
}
