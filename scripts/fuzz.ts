/**
 * Runs the command line over hostile projects of every format that is read, and counts what it does wrong: a crash (also one
 * that ends the process), a secret or control character in what it prints, more than five seconds of processor time.
 *
 *     npm run fuzz -- --rounds 100000 --seed 1 --jobs 2
 *     npm run fuzz -- --kinds yaml,toml --from 1234 --rounds 1 --show    one round again, with its files
 */
import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { hostileInput, KINDS } from "../test/hostile/inputs";
import { faultsOf } from "../test/hostile/judge";
import { Random } from "../test/python/generate/random";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "2000" },
    from: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: String(availableParallelism()) },
    kinds: { type: "string", default: KINDS.filter((kind) => kind !== "evaluation").join(",") },
    show: { type: "boolean", default: false },
    worker: { type: "boolean", default: false },
  },
});

const MAX_CPU_SECONDS = 5;
/** A worker that says nothing for so long is ended; on a busy machine that is several times its processor time. */
const SILENCE_MS = 60_000;
/** Rounds between two signs of life, which would cost more than a small round itself. */
const BATCH = 100;

interface Task {
  readonly from: number;
  readonly to: number;
}
type Sign = { readonly round: number } | { readonly round: number; readonly faults: readonly string[] } | "done";

const kinds = options.kinds.split(",");
const kindOf = (round: number): string => kinds[round % kinds.length] ?? "yaml";

/** One round: everything about it follows from the seed and its number. */
async function play(round: number): Promise<readonly string[]> {
  const random = new Random(Math.imul(Number(options.seed), 0x9e3779b1) ^ Math.imul(round, 0x85ebca6b));
  const input = hostileInput(kindOf(round), random);
  if (options.show) console.log(input.files);
  const before = process.cpuUsage();
  const faults = await faultsOf(input, random.below(1000));
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  return seconds > MAX_CPU_SECONDS ? [...faults, `slow: ${seconds.toFixed(1)} s`] : faults;
}

function work(): void {
  process.on("message", ({ from, to }: Task) => void run(from, to));
  const tell = (sign: Sign): void => void process.send?.(sign);
  const run = async (from: number, to: number): Promise<void> => {
    for (let round = from; round < to; round += 1) {
      tell({ round });
      const faults = await play(round);
      if (faults.length > 0) tell({ round, faults });
    }
    tell("done");
  };
}

/** Keeps one worker busy until no rounds are left; what ends or silences it is a fault of the round it was in. */
function employ(next: () => Task | undefined, report: (round: number, fault: string) => void): Promise<void> {
  return new Promise((resolve) => {
    const hire = (task: Task): void => {
      const args = ["--worker", "--seed", options.seed, "--kinds", options.kinds];
      const worker = fork(__filename, args, {
        execArgv: process.execArgv,
        stdio: ["ignore", "ignore", "ignore", "ipc"],
      });
      let { from: round, to } = task;
      let silence: NodeJS.Timeout | undefined;
      const listen = (): void => {
        clearTimeout(silence);
        silence = setTimeout(() => worker.kill("SIGKILL"), SILENCE_MS);
      };
      worker.on("message", (sign: Sign) => {
        listen();
        if (sign !== "done") {
          round = sign.round;
          if ("faults" in sign) for (const fault of sign.faults) report(round, fault);
          return;
        }
        const following = next();
        if (following === undefined) {
          worker.disconnect();
          return;
        }
        ({ from: round, to } = following);
        worker.send(following);
      });
      worker.on("exit", (code, signal) => {
        clearTimeout(silence);
        if (code === 0) return resolve();
        report(
          round,
          signal === "SIGKILL" ? "slow: ended without an answer" : `crash: the process ended (${signal ?? code})`,
        );
        const rest = round + 1 < to ? { from: round + 1, to } : next();
        if (rest === undefined) resolve();
        else hire(rest);
      });
      listen();
      worker.send(task);
    };
    const first = next();
    if (first === undefined) resolve();
    else hire(first);
  });
}

async function main(): Promise<void> {
  const first = Number(options.from);
  const end = first + Number(options.rounds);
  if (options.show) return console.log(await play(first));
  let at = first;
  const next = (): Task | undefined => (at >= end ? undefined : { from: at, to: (at = Math.min(at + BATCH, end)) });
  const counts = new Map<string, number>();
  const report = (round: number, fault: string): void => {
    const kind = /(?:^|: )(crash|leak|slow|control character|workflow command)/.exec(fault)?.[1] ?? fault;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    console.log(`round ${round} (${kindOf(round)}): ${fault}`);
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: Number(options.jobs) }, () => employ(next, report)));
  const said = ["crash", "slow", "leak", "control character", "workflow command"].map(
    (kind) => `${counts.get(kind) ?? 0} ${kind}`,
  );
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  console.log(`${end - first} hostile inputs, seed ${options.seed}, ${minutes} min: ${said.join(", ")}`);
  if (counts.size > 0) process.exitCode = 1;
}

if (options.worker) work();
else void main();
