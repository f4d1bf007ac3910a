import { MemoryCli } from "../harness/memoryCli";
import type { HostileInput } from "./inputs";

const COMMANDS: readonly (readonly string[])[] = [
  ["check"],
  ["check", "--quiet"],
  ["check", "--format", "github"],
  ["check", "--format", "json"],
  ["show"],
  ["graph"],
];
/** Many times as dear as the others: it analyses again after each step. */
const FIX = ["fix", "--unsafe", "--diff"];

/** Besides line ends, nothing that acts on a terminal. */
const CONTROL = /[\0-\x08\x0b-\x1f\x7f-\x9f]/;

/**
 * Runs one command over a hostile project and gives what is wrong with what it did: an error of its own, a secret shown, a
 * control character, or a line that commands the runner of GitHub.
 */
export async function faultsOf(input: HostileInput, choice: number): Promise<readonly string[]> {
  const command = choice % 25 === 0 ? FIX : (COMMANDS[choice % COMMANDS.length] ?? FIX);
  const { code, stdout, stderr } = await new MemoryCli(input.files).run(...command);
  const shown = stdout + stderr;
  const faults: string[] = [];
  const isOwn = /should not have happened|a mistake in Django Settings Lint/.exec(shown);
  if (isOwn !== null) faults.push(`crash: ${shown.slice(Math.max(isOwn.index - 200, 0), isOwn.index + 200).trim()}`);
  if (![0, 1, 2].includes(code)) faults.push(`crash: exit code ${code}`);
  for (const secret of input.secrets) if (shown.includes(secret)) faults.push("leak");
  if (CONTROL.test(shown)) faults.push("control character");
  if (/^::error file=a::b/m.test(shown)) faults.push("workflow command");
  return faults.map((fault) => `${command.join(" ")}: ${fault}`);
}
