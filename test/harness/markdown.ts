/** A part of a Markdown page: what the harness reads cases from. */
export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly text: string; readonly line: number }
  | { readonly kind: "text"; readonly text: string; readonly line: number }
  | { readonly kind: "code"; readonly info: string; readonly text: string; readonly line: number };

/** Splits a page into headings, fenced code and other lines that are not blank; lines are counted from 1. */
export function blocksOf(page: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = page.replaceAll("\r\n", "\n").split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const written = lines[at] ?? "";
    const line = at + 1;
    const heading = /^(#+) (.*)$/.exec(written);
    const fence = /^(`{3,})(.*)$/.exec(written);
    if (heading !== null) {
      blocks.push({ kind: "heading", level: heading[1]?.length ?? 0, text: heading[2] ?? "", line });
    } else if (fence !== null) {
      const end = lines.indexOf(fence[1] ?? "", at + 1);
      if (end < 0) throw new Error(`line ${line}: this block of code does not end`);
      const text = lines.slice(at + 1, end).map((one) => `${one}\n`);
      blocks.push({ kind: "code", info: (fence[2] ?? "").trim(), text: text.join(""), line });
      at = end;
    } else if (written.trim() !== "") {
      blocks.push({ kind: "text", text: written.trim(), line });
    }
  }
  return blocks;
}
