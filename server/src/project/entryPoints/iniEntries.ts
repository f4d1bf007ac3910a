/** One `key = value` of an INI, unit or TOML file; a value may go on in indented lines. */
export interface IniEntry {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  /** Where the value starts. */
  readonly start: number;
}

/** Reads sections and keys line by line: enough for the files where tools look for a settings module. Comments are left out. */
export function iniEntries(text: string): readonly IniEntry[] {
  const entries: IniEntry[] = [];
  let section = "";
  const pattern =
    /^(?:[ \t]*\[+([^\]\r\n]+)\]+[^\r\n]*|([^\s#;=:[][^=:\r\n]*?)[ \t]*[=:][ \t]*((?:[^\r\n]|\r?\n[ \t]+(?=\S))*))/gm;
  for (const match of text.matchAll(pattern)) {
    const [whole, header, key, value = ""] = match;
    if (header !== undefined) section = header.trim();
    else if (key !== undefined)
      entries.push({
        section,
        key: key.replace(/^["']|["']$/g, ""),
        value,
        start: match.index + whole.length - value.length,
      });
  }
  return entries;
}
