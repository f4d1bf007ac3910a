import { blocksOf } from "./markdown";

/** One example of a rule's page: files that are read together. */
export interface DocExample {
  readonly section: "Wrong" | "Right";
  readonly line: number;
  readonly files: ReadonlyMap<string, string>;
  readonly roles: ReadonlyMap<string, string>;
}

const DEFAULT_PATHS: Readonly<Record<string, string>> = {
  production: "shop/settings/production.py",
  staging: "shop/settings/staging.py",
  development: "shop/settings/development.py",
  test: "shop/settings/test.py",
  base: "shop/settings/base.py",
};

/**
 * The examples under `## Wrong` and `## Right`. A block's info string says `role=production` and, for another place than
 * the role's usual one, `file=shop/settings/live.py`; without a role it is the project's only module. Blocks with `file=`
 * that follow each other with no text between them are one example.
 */
export function readDocExamples(page: string): readonly DocExample[] {
  const examples: {
    section: "Wrong" | "Right";
    line: number;
    files: Map<string, string>;
    roles: Map<string, string>;
  }[] = [];
  let section: string | undefined;
  let continues = false;
  for (const block of blocksOf(page)) {
    if (block.kind === "heading" && block.level === 2) section = block.text;
    if (block.kind !== "code") continues = false;
    else if (section === "Wrong" || section === "Right") {
      const attributes = new Map([...block.info.matchAll(/(\w+)=(\S+)/g)].map((match) => [match[1], match[2] ?? ""]));
      const role = attributes.get("role");
      const named = attributes.get("file");
      const path = named ?? (role === undefined ? undefined : DEFAULT_PATHS[role]) ?? "shop/settings.py";
      if (!continues || named === undefined) {
        examples.push({ section, line: block.line, files: new Map(), roles: new Map() });
      }
      examples.at(-1)?.files.set(path, block.text);
      if (role !== undefined) examples.at(-1)?.roles.set(path, role);
      continues = named !== undefined;
    }
  }
  return examples;
}
