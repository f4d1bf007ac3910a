// Runs under a Node that may load the native parser: parses the same sources with both builds of tree-sitter and
// prints what they disagree about as JSON.

import { createRequire } from "node:module";
import { createNativeParser } from "../../server/src/syntax/native";
import { testParser } from "../harness/parser";
import { generateSource, mutate } from "./generatedSource";

const SOURCES = 400;

/** What the worker prints. */
export interface ParityReport {
  readonly native: boolean;
  readonly compared: number;
  /** Valid sources that were not read without a problem. */
  readonly refused: readonly string[];
  /** Broken sources, for the count of them that really are. */
  readonly broken: number;
  readonly different: readonly string[];
}

async function compare(): Promise<ParityReport> {
  const native = createNativeParser(createRequire(__filename), process.versions["napi"]);
  const wasm = await testParser();
  if (!native) return { native: false, compared: 0, refused: [], broken: 0, different: [] };
  const refused: string[] = [];
  const different: string[] = [];
  let broken = 0;
  for (let seed = 1; seed <= SOURCES; seed++) {
    const valid = generateSource(seed);
    for (const source of [valid, mutate(valid, seed)]) {
      const module = wasm.parse(source);
      if (module.problems.length > 0 && source === valid) refused.push(source);
      else if (module.problems.length > 0) broken++;
      if (print(module) !== print(native.parse(source))) different.push(source);
    }
  }
  return { native: true, compared: 2 * SOURCES, refused, broken, different };
}

function print(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) => (typeof field === "bigint" ? `${field}n` : field));
}

void compare().then((report) => process.stdout.write(JSON.stringify(report)));
