import type { FilePath } from "../../base/path";
import type { Range } from "../../base/text";
import { parseTomlDocument } from "../../documents/parse";
import type { Requirement } from "./requirement";
import { normalizeName, parseRequirement, placeOf } from "./requirement";

/**
 * Reads pyproject.toml: PEP 621 dependencies and extras, PEP 735 groups, Poetry's, PDM's and uv's tables. A file that is no TOML
 * gives nothing.
 */
export function readPyproject(text: string, file: FilePath): readonly Requirement[] {
  const root = parseToml(text);
  const project = table(root["project"]);
  const tools = table(root["tool"]);
  const poetry = table(tools["poetry"]);
  const listed = [
    project["dependencies"],
    ...Object.values(table(project["optional-dependencies"])),
    ...Object.values(table(root["dependency-groups"])),
    ...Object.values(table(table(tools["pdm"])["dev-dependencies"])),
    table(tools["uv"])["dev-dependencies"],
  ];
  const groups = Object.values(table(poetry["group"])).map((group) => table(group)["dependencies"]);
  const tables = [poetry["dependencies"], poetry["dev-dependencies"], ...groups];
  return [
    ...listed.flatMap((list) => fromList(list, text, file)),
    ...tables.flatMap((each) => fromTable(each, text, file)),
  ];
}

/** Reads Pipfile: `packages` and `dev-packages`. */
export function readPipfile(text: string, file: FilePath): readonly Requirement[] {
  const root = parseToml(text);
  return [root["packages"], root["dev-packages"]].flatMap((each) => fromTable(each, text, file));
}

/** Reads the requirements of setup.cfg (`install_requires =` with one a line). */
export function readSetupCfg(text: string, file: FilePath): readonly Requirement[] {
  const block = /^install_requires[ \t]*=((?:[^\r\n]|\r?\n[ \t]+(?=\S)|\r?\n(?=\r?\n[ \t]))*)/m.exec(text);
  const lines = block?.[1]?.split(/\r?\n/) ?? [];
  return lines.flatMap((line) => one(line.trim(), text, file));
}

/** Reads the strings of `install_requires=[...]` in setup.py, without running it. */
export function readSetupPy(text: string, file: FilePath): readonly Requirement[] {
  const blocks = text.matchAll(
    /\b(?:install_requires|requirements|requires|REQUIREMENTS|INSTALL_REQUIRES)\s*=\s*\[([^[\]]*(?:\[[^[\]]*\][^[\]]*)*)\]/g,
  );
  return [...blocks].flatMap((block) =>
    [...(block[1] ?? "").matchAll(/["']([^"'\n]+)["']/g)].flatMap((match) => one(match[1] ?? "", text, file)),
  );
}

function fromList(list: unknown, text: string, file: FilePath): readonly Requirement[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((each: unknown) => (typeof each === "string" ? one(each, text, file) : []));
}

/** `Django = "^5.1"`, or `Django = {version = "^5.1", extras = [...]}`, or a list of such. */
function fromTable(value: unknown, text: string, file: FilePath): readonly Requirement[] {
  return Object.entries(table(value)).map(([name, said]) => {
    const first: unknown = Array.isArray(said) ? said[0] : said;
    const version = typeof first === "string" ? first : table(first)["version"];
    const specifier = typeof version === "string" && version !== "*" ? version : "";
    const asked = table(first)["extras"];
    const extras = Array.isArray(asked) ? asked.filter((each: unknown) => typeof each === "string") : [];
    return {
      name: normalizeName(name),
      specifier,
      extras,
      file,
      range: placeOf(name, () => keyRange(text, name)),
      isLocked: false,
    };
  });
}

function one(written: string, text: string, file: FilePath): readonly Requirement[] {
  const parsed = written === "" ? undefined : parseRequirement(written);
  if (parsed === undefined) return [];
  const range = placeOf(parsed.name, () => {
    const start = Math.max(text.indexOf(written), 0);
    return { start, end: start + written.length };
  });
  return [{ ...parsed, file, range, isLocked: false }];
}

function keyRange(text: string, name: string): Range {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const match = new RegExp(`^[ \\t]*["']?(${escaped})["']?[ \\t]*=[^\\r\\n]*`, "m").exec(text);
  return match === null ? { start: 0, end: 0 } : { start: match.index, end: match.index + match[0].length };
}

function parseToml(text: string): Record<string, unknown> {
  try {
    return parseTomlDocument(text, { integersAsBigInt: false });
  } catch {
    return {};
  }
}

function table(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
