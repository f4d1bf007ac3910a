import { joinPath } from "../../server/src/base/path";
import type { CliHost, Stream } from "../../server/src/cli/host";
import { runCli } from "../../server/src/cli/program";
import { MemoryFileSystem, type Content } from "./memoryFileSystem";
import { testParser } from "./parser";

/** Milliseconds that pass each time a command looks at the clock. */
const TICK = 400;

export interface CliOutput {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What a terminal would have shown while the command worked, one line in place of the other. */
  readonly status: readonly string[];
}

/** The command line in this process, over files in memory. */
export class MemoryCli {
  private readonly files: MemoryFileSystem;

  constructor(files: Readonly<Record<string, Content>>) {
    this.files = new MemoryFileSystem(files, ROOT);
  }

  async run(...args: readonly string[]): Promise<CliOutput> {
    const status: string[] = [];
    let clock = 0;
    const out = { stdout: "", stderr: "" };
    const stream = (name: keyof typeof out): Stream => ({
      write: (text) => void (out[name] += text),
      isTerminal: false,
      columns: undefined,
    });
    const host: CliHost = {
      files: this.files,
      cwd: ROOT,
      toPath: (typed) => joinPath(ROOT, typed),
      version: "0.0.0",
      stdout: stream("stdout"),
      stderr: stream("stderr"),
      showStatus: (line) => void status.push(line),
      now: () => (clock += TICK),
      env: {},
      loadParser: testParser,
      removeLeftovers: () => Promise.resolve(),
      writeFiles: (changed) => {
        for (const { path, text } of changed) this.files.set(path, text);
        return Promise.resolve();
      },
    };
    const code = await runCli(host, args);
    return { code, ...out, status };
  }
}

const ROOT = "/home/ann/shop";
