/**
 * Damages the oracle's projects at random and lints what is left of them: nothing may throw, take long or leave memory behind.
 *
 *     npm run fuzz -- --rounds 10000 --seed 1
 */
import { parseArgs } from "node:util";
import { rules } from "../server/src/rules";
import { Workspace } from "../server/src/features/workspace";
import { MemoryFileSystem } from "../test/harness/memoryFileSystem";
import { testParser } from "../test/harness/parser";
import { oracleTopics, readOracleCases } from "../test/oracle/cases";
import { damagedProject } from "../test/oracle/damage";
import { randomSource } from "../test/python/generate/random";

const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "2000" }, seed: { type: "string", default: "1" } },
});

/** Longer than this is told. Under load a round may be slow without anybody's fault. */
const SLOW_MS = 2000;
/** How often the memory in use is looked at. */
const STAGES = 10;
const MANAGE = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")\n';

function heapInMegabytes(): number {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / 1_048_576);
}

async function main(): Promise<void> {
  const rounds = Number(options.rounds);
  const random = randomSource(Number(options.seed));
  const parser = await testParser();
  const projects = oracleTopics().flatMap(readOracleCases);
  const memory: number[] = [];
  let slow = 0;
  let findings = 0;
  for (let round = 0; round < rounds; round++) {
    const { files, title, topic } = projects[Math.floor(random() * projects.length)] ?? {
      files: {},
      title: "",
      topic: "",
    };
    const all = { "manage.py": MANAGE, "requirements.txt": "Django==5.2\n", ...damagedProject(files, random) };
    const contents = Object.fromEntries(Object.entries(all).map(([name, text]) => [`/project/${name}`, text]));
    const started = performance.now();
    const workspace = new Workspace("/project", { files: new MemoryFileSystem(contents), parser, rules });
    const analysis = await workspace.analyse();
    const took = performance.now() - started;
    findings += analysis.findings.length;
    for (const { message } of analysis.notes)
      if (/a mistake in Django Settings Lint/.test(message))
        throw new Error(`${topic}, "${title}", round ${round}: ${message}`);
    if (took > SLOW_MS) console.log(`${topic}, "${title}", round ${round}: ${Math.round(took)} ms`);
    if (took > SLOW_MS) slow += 1;
    if (round % Math.ceil(rounds / STAGES) === 0) memory.push(heapInMegabytes());
  }
  console.log(
    `${rounds} damaged projects, ${findings} findings, nothing thrown, ${slow} slow; heap in MB: ${memory.join(" ")}`,
  );
}

void main();
