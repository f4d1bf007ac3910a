import { PythonRaise } from "../../values/raise";
import { trim } from "../../semantics/text";

/** Sections of an INI file in order, each with its options; `DEFAULT` holds what all of them have. */
export type IniData = ReadonlyMap<string, ReadonlyMap<string, string>>;

export const DEFAULT_SECTION = "DEFAULT";

interface Reading {
  readonly sections: Map<string, Map<string, string[]>>;
  /** Names of sections, and the line of each option by both names; the first line is 0. */
  readonly seen: Map<string, number>;
  section: string | undefined;
  option: string | undefined;
  indent: number;
  readonly keepsCase: boolean;
  /** Whether there was a line that is no option: reported once all lines have been read. */
  hasErrors: boolean;
}

/**
 * `ConfigParser.read_string(text)` with its default options (CPython, Lib/configparser.py, `_read`). Throws the library's
 * exceptions.
 */
export function parseIni(text: string, keepsCase = false): IniData {
  const reading = readIni(text, keepsCase);
  if (reading.hasErrors) throw new PythonRaise("ParsingError");
  return new Map(
    [...reading.sections].map(([name, options]) => [
      name,
      new Map([...options].map(([option, parts]) => [option, parts.join("\n").trimEnd()])),
    ]),
  );
}

/** The line of an option, which may be named in another case; the first is 0. `undefined` where there is none, or no INI file. */
export function iniLine(text: string, section: string, option: string): number | undefined {
  try {
    const { seen } = readIni(text, true);
    const inAnyCase = [...seen].find(([key]) => key.toLowerCase() === optionKey(section, option).toLowerCase());
    return seen.get(optionKey(section, option)) ?? inAnyCase?.[1];
  } catch (error) {
    if (error instanceof PythonRaise) return undefined;
    throw error;
  }
}

function optionKey(section: string, option: string): string {
  return `${section}\0${option}`;
}

function readIni(text: string, keepsCase: boolean): Reading {
  const reading: Reading = {
    sections: new Map(),
    seen: new Map(),
    section: undefined,
    option: undefined,
    indent: 0,
    keepsCase,
    hasErrors: false,
  };
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  for (const [index, line] of lines.entries()) readLine(reading, line, index);
  return reading;
}

function readLine(reading: Reading, line: string, index: number): void {
  const value = trim(line);
  const isComment = /^[#;]/.test(value);
  const current = reading.section === undefined ? undefined : reading.sections.get(reading.section);
  const parts = reading.option === undefined ? undefined : current?.get(reading.option);
  if (isComment || value === "") {
    if (!isComment) parts?.push("");
    return;
  }
  const indent = line.search(/\S/);
  if (parts !== undefined && indent > reading.indent) {
    parts.push(value);
    return;
  }
  reading.indent = indent;
  const header = /^\[(.+)\]/.exec(value)?.[1];
  if (header !== undefined) startSection(reading, header);
  else if (current === undefined) throw new PythonRaise("MissingSectionHeaderError");
  else startOption(reading, current, { line: value, index });
}

function startSection(reading: Reading, name: string): void {
  if (name !== DEFAULT_SECTION && reading.seen.has(name)) throw new PythonRaise("DuplicateSectionError");
  reading.seen.set(name, -1);
  if (!reading.sections.has(name)) reading.sections.set(name, new Map());
  reading.section = name;
  reading.option = undefined;
}

function startOption(
  reading: Reading,
  current: Map<string, string[]>,
  { line, index }: { readonly line: string; readonly index: number },
): void {
  const found = /^([^=:]*)[=:]\s*(.*)$/s.exec(line);
  reading.hasErrors ||= found === null || found[1]?.trim() === "";
  if (found === null) return;
  const written = (found[1] as string).trimEnd();
  const option = reading.keepsCase ? written : written.toLowerCase();
  const key = optionKey(reading.section ?? "", option);
  if (reading.seen.has(key)) throw new PythonRaise("DuplicateOptionError");
  reading.seen.set(key, index);
  current.set(option, [trim(found[2] as string)]);
  reading.option = option;
}

const MAX_INTERPOLATION_DEPTH = 10;

/** `BasicInterpolation`: `%(name)s` is another option of the section, `%%` a percent sign. */
export function interpolate(text: string, option: (name: string) => string | undefined, depth = 1): string {
  if (depth > MAX_INTERPOLATION_DEPTH) throw new PythonRaise("InterpolationDepthError");
  let result = "";
  for (let at = 0; at < text.length;) {
    const percent = text.indexOf("%", at);
    if (percent < 0) return result + text.slice(at);
    result += text.slice(at, percent);
    const rest = text.slice(percent);
    const name = /^%\(([^)]+)\)s/.exec(rest);
    if (rest.startsWith("%%")) {
      result += "%";
      at = percent + 2;
    } else if (name === null) {
      throw new PythonRaise("InterpolationSyntaxError");
    } else {
      const inner = option(name[1] as string);
      if (inner === undefined) throw new PythonRaise("InterpolationMissingOptionError");
      result += inner.includes("%") ? interpolate(inner, option, depth + 1) : inner;
      at = percent + name[0].length;
    }
  }
  return result;
}
