import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(__dirname, "..", "..");

/** A project on disk that a test may change. */
export interface Folder {
  readonly path: string;
  /** A file's text; empty while there is no such file. */
  read(file: string): string;
  /** Changes a file behind the editor's back, as `git checkout` would. */
  edit(file: string, change: (text: string) => string): void;
  /** Writes a file that is not there yet. */
  add(file: string, text: string): void;
  remove(): void;
}

/** A fresh copy of the bundled example, in a folder named as the example's project is. */
export function copyOfExample(): Folder {
  const path = join(mkdtempSync(join(tmpdir(), "dsl-")), "shop");
  cpSync(join(root, "example"), path, { recursive: true });
  return {
    path,
    read: (file) => (existsSync(join(path, file)) ? readFileSync(join(path, file), "utf8") : ""),
    edit: (file, change) => writeFileSync(join(path, file), change(readFileSync(join(path, file), "utf8"))),
    add: (file, text) => {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), text);
    },
    remove: () => rmSync(dirname(path), { recursive: true, force: true }),
  };
}
