/**
 * A text with one token or some deleted, doubled, swapped with another, or with its end cut off.
 *
 * @param random gives numbers from 0 to below 1
 */
export function damaged(text: string, random: () => number): string {
  const tokens: readonly string[] = text.match(/\w+|\s+|[^\w\s]/g) ?? [];
  if (tokens.length === 0) return text;
  const at = Math.floor(random() * tokens.length);
  const other = Math.floor(random() * tokens.length);
  const token = tokens[at] ?? "";
  switch (Math.floor(random() * 5)) {
    case 0:
      return tokens.toSpliced(at, 1).join("");
    case 1:
      return tokens.toSpliced(at, 0, token).join("");
    case 2:
      return tokens
        .with(at, tokens[other] ?? "")
        .with(other, token)
        .join("");
    case 3:
      return tokens.slice(0, at).join("");
    default:
      return tokens.toSpliced(at, 1 + Math.floor(random() * 8)).join("");
  }
}

/** A project with one of its Python files damaged, once or twice. */
export function damagedProject(
  files: Readonly<Record<string, string>>,
  random: () => number,
): Readonly<Record<string, string>> {
  const names = Object.keys(files).filter((name) => name.endsWith(".py") && files[name] !== "");
  const name = names[Math.floor(random() * names.length)];
  if (name === undefined) return files;
  const text = files[name] ?? "";
  return { ...files, [name]: damaged(random() < 0.5 ? damaged(text, random) : text, random) };
}
