import { CommanderError } from "commander";
import { printable } from "../base/printable";
import { SHAPES_ONLY } from "../lint/redaction/redactor";
import { failureJunit } from "./formatJunit";
import { failureSarif } from "./formatSarif";
import { EXIT, UsageError, type CliHost } from "./host";
import { jsonText } from "./jsonText";

/** Why a run could not do its work. */
export interface Failure {
  /** `usage`: the command or what it was pointed at; `internal`: a mistake of ours. */
  readonly kind: "usage" | "internal";
  readonly message: string;
  /** What could have been typed instead. */
  readonly choices: readonly string[];
}

/**
 * Tells what went wrong: a mistake in the command plainly, a mistake of ours with how to report it; as a document, too, where
 * one was asked for. Gives the exit code.
 */
export function tellFailure(host: CliHost, error: unknown, args: readonly string[]): number {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.clean;
  const failure = failureOf(error, args);
  // Commander has printed its message itself.
  if (!(error instanceof CommanderError)) {
    const choices = failure.choices.map((choice) => `  ${choice}\n`).join("");
    host.stderr.write(`error: ${failure.message}\n${choices}`);
    if (failure.kind === "internal" && args.includes("--verbose")) host.stderr.write(framesOf(error));
  }
  const format = formatAskedFor(args);
  if (format === "json") host.stdout.write(failureJson(failure, host.version));
  if (format === "junit") host.stdout.write(failureJunit(failure.message));
  if (format === "sarif") host.stdout.write(failureSarif(failure.message, host.version, EXIT.error));
  return EXIT.error;
}

function failureOf(error: unknown, args: readonly string[]): Failure {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof CommanderError)
    return { kind: "usage", message: printable(text.replace(/^error: /, "")), choices: [] };
  const message = printable(SHAPES_ONLY.clean(text));
  if (error instanceof UsageError) return { kind: "usage", message, choices: error.choices };
  const hint = args.includes("--verbose") ? "" : " Please report it with what --verbose prints.";
  return { kind: "internal", message: `this should not have happened: ${message}.${hint}`, choices: [] };
}

/** Where it happened: a stack begins with the message, which may be of several lines. */
function framesOf(error: unknown): string {
  const lines = error instanceof Error ? (error.stack ?? "").split("\n") : [];
  return lines
    .filter((line) => /^\s+at /.test(line))
    .map((line) => `${printable(SHAPES_ONLY.clean(line))}\n`)
    .join("");
}

/** The shape of `error` in docs/schemas, the same for all commands. */
function failureJson(error: Failure, version: string): string {
  return jsonText({ version: 1, tool: { name: "django-settings-lint", version }, error });
}

/** The format as it was typed: what is wrong may be the rest of the command. */
function formatAskedFor(args: readonly string[]): string | undefined {
  const options = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  for (const [index, arg] of options.entries()) {
    if (arg === "--format" || arg === "-f") return options[index + 1];
    const joined = /^(?:--format=|-f)(\w+)$/.exec(arg)?.[1];
    if (joined !== undefined) return joined;
  }
  return undefined;
}
