/** One `key = value` of an INI, unit or TOML file; a value may go on in indented lines. */
export interface IniEntry {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  /** Where the value starts. */
  readonly start: number;
}

/** Reads an INI or unit file; comments are left out. */
export function iniEntries(text: string): readonly IniEntry[] {
  return entries(
    text,
    /^(?:[ \t]*\[+([^[\]\r\n]+)\]+[^\r\n]*|([^\s#;=:[][^=:\r\n\u2028\u2029]*)[=:][ \t]*((?:[^\r\n]|\r?\n[ \t]+(?=\S))*))/gm,
  );
}

/** Reads the tables and keys of a TOML file with their places, which a TOML library does not give; arrays are one value. */
export function tomlEntries(text: string): readonly IniEntry[] {
  return entries(
    text,
    /^[ \t]*(?:\[+([^[\]\r\n]+)\]+[^\r\n]*|([\w."'-]+)[ \t]*=[ \t]*(\[[^\]]{0,5000}\]|"""[\s\S]{0,5000}?"""|'{3}[\s\S]{0,5000}?'{3}|[^\r\n]*))/gm,
  );
}

function entries(text: string, pattern: RegExp): readonly IniEntry[] {
  const found: IniEntry[] = [];
  let section = "";
  for (const match of text.matchAll(pattern)) {
    const [whole, header, key, value = ""] = match;
    const start = match.index + whole.length - value.length;
    if (header !== undefined) section = header.trim();
    else if (key !== undefined) found.push({ section, key: key.trimEnd().replace(/^["']|["']$/g, ""), value, start });
  }
  return found;
}
