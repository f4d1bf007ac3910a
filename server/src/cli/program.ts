import { Command, Option } from "commander";
import { SEVERITIES } from "../lint/finding";
import { printable } from "../base/printable";
import { check, CHECK_FORMATS, type CheckOptions } from "./checkCommand";
import { compare, COMPARE_FORMATS, type CompareOptions } from "./compareCommand";
import { env, ENV_FORMATS, type EnvOptions } from "./envCommand";
import { tellFailure } from "./failure";
import { fix, type FixOptions } from "./fixCommand";
import { graph, GRAPH_FORMATS, type GraphOptions } from "./graphCommand";
import { EXIT, UsageError, type CliHost } from "./host";
import { explain, EXPLAIN_FORMATS, listRules, RULES_FORMATS } from "./ruleCommands";
import type { CommonOptions } from "./session";
import { show, SHOW_FORMATS, type ShowOptions } from "./showCommand";
import { guarded } from "./style";

/** Runs the command line. Never rejects; gives the exit code. */
export async function runCli(given: CliHost, args: readonly string[]): Promise<number> {
  const host: CliHost = {
    ...given,
    stdout: guarded(given.stdout),
    stderr: guarded(given.stderr),
    showStatus: (line) => given.showStatus(printable(line)),
  };
  const state = { code: EXIT.clean as number };
  const program = createProgram(host, args, (code) => {
    state.code = code;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return state.code;
  } catch (error) {
    return tellFailure(host, error, args);
  }
}

/** Commander's complaint repeats arguments; a line break in one of them must not begin a line of its own. */
function withPrintableArguments(text: string, args: readonly string[]): string {
  const typed = args.flatMap((arg) => [arg, arg.slice(arg.indexOf("=") + 1)]).filter((arg) => printable(arg) !== arg);
  return typed.reduce((shown, arg) => shown.replaceAll(arg, printable(arg)), text);
}

function createProgram(host: CliHost, args: readonly string[], done: (code: number) => void): Command {
  const program = new Command("django-settings-lint")
    .description(
      "Reads a Django project's settings without running them, works out what each environment really gets, and reports what is insecure, slow, wrong or split wrongly.",
    )
    .version(host.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help for a command")
    .helpCommand("help [command]", "print help for a command")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
      outputError: (text, write) => write(withPrintableArguments(text, args)),
      getOutHelpWidth: () => Math.min(host.stdout.columns ?? 100, 100),
      getErrHelpWidth: () => Math.min(host.stderr.columns ?? 100, 100),
    })
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .option("--config <file>", "use this pyproject.toml, not the nearest one")
    .option("--no-color", "print without colours (also with NO_COLOR set)")
    .option("-q, --quiet", "print results only: a line a finding, no notes, no summary")
    .option("--verbose", "say more: of a finding all that is known; of an error inside of the tool its stack trace")
    .addOption(
      new Option("--parser <build>", "the parser's build")
        .choices(["auto", "native", "wasm"])
        .default("auto")
        .hideHelp(),
    )
    .addHelpText("after", EXAMPLES);
  addCheck(program, host, done);
  addFix(program, host, done);
  addShow(program, host, done);
  addEnv(program, host, done);
  addCompare(program, host, done);
  addGraph(program, host, done);
  addRuleCommands(program, host, done);
  addServe(program);
  return program;
}

type Done = (code: number) => void;

const EXAMPLES = `
Examples:
  django-settings-lint check                              the project in this folder
  django-settings-lint check --format sarif -o lint.sarif for code scanning
  django-settings-lint fix --diff                         what safe fixes would change
  django-settings-lint fix --fix secret-key-hardcoded     which fixes a rule has, to choose one
  django-settings-lint show production                    every setting that production gets
  django-settings-lint show --diff development production
  django-settings-lint show DATABASES                     one setting in every environment
  django-settings-lint env --format dotenv > .env.example
  django-settings-lint compare ../main .                  what a branch changes
  django-settings-lint explain debug-enabled
  django-settings-lint serve                              the language server, for an editor's configuration

Exit codes: 0 nothing to report, 1 findings, 2 the command, the configuration or the tool is at fault.`;

const severityOption = (flags: string, text: string, extra: readonly string[]): Option =>
  new Option(flags, text).choices([...SEVERITIES, ...extra]).default("hint");

const repeated = (flags: string, text: string): Option =>
  new Option(flags, text).argParser((each: string, before: string[] | undefined) => [...(before ?? []), each]);

const ruleOption = (): Option => repeated("--rule <id>", "only this rule (may be repeated)");

const formatOption = (formats: readonly string[]): Option =>
  new Option("-f, --format <format>", "how to print it").choices(formats).default(formats[0]);

function addCheck(program: Command, host: CliHost, done: Done): void {
  program
    .command("check")
    .description("report findings: the most severe last, near the prompt")
    .argument("[path...]", "folders or files; a folder inside of a project is looked at as part of it")
    .addOption(formatOption(CHECK_FORMATS))
    .addOption(severityOption("--min-severity <severity>", "leave out what is less severe", []))
    .addOption(severityOption("--fail-on <severity>", "exit with 1 from this severity on", ["never"]))
    .addOption(ruleOption())
    .option("--exit-zero", "exit with 0 whatever is found, as with --fail-on never")
    .addOption(
      new Option("--statistics", "print a table of how often each rule reports something, and no findings").conflicts(
        "djangoParity",
      ),
    )
    .addOption(
      new Option("-o, --output-file <file>", "write the report there, and print only its summary").conflicts(
        "djangoParity",
      ),
    )
    .option("--django-parity", "print the ids that manage.py check --deploy reports for each module, and no findings")
    .option("--variables <file>", "with --django-parity: the environment's variables; all others count as unset")
    .action(async (paths: string[], _, command: Command) => {
      done(await check(host, paths, command.optsWithGlobals<CheckOptions>()));
    });
}

function addFix(program: Command, host: CliHost, done: Done): void {
  program
    .command("fix")
    .description("apply fixes: safe ones, and on request those that need a look")
    .argument("[path...]", "folders or files")
    .option("--unsafe", "also apply fixes that may change what the project does")
    .addOption(
      repeated(
        "--fix <rule:fix>",
        "apply this fix and no other, also when it needs a look (may be repeated); RULE alone lists the rule's fixes",
      ).conflicts("rule"),
    )
    .option("--diff", "show the changes as a unified diff and write nothing")
    .option("--reveal-secrets", "do not mask secrets in the diff")
    .option("--follow-links-outside", "also write files that symbolic links lead to outside of the project")
    .addOption(severityOption("--min-severity <severity>", "leave alone what is less severe", []))
    .addOption(ruleOption())
    .action(async (paths: string[], _, command: Command) => {
      done(await fix(host, paths, command.optsWithGlobals<FixOptions>()));
    });
}

function addShow(program: Command, host: CliHost, done: Done): void {
  program
    .command("show")
    .description("print the settings that a module really gets, and where each comes from")
    .argument(
      "[name...]",
      "dotted name (its end is enough), file or role; none: all modules, what differs first; SETTING: only that, in full",
    )
    .addOption(formatOption(SHOW_FORMATS))
    .option("--diff", "compare two modules, print only what differs")
    .option("--changed", "leave out what has the default of the project's Django release")
    .option("--project <folder>", "the project's folder", ".")
    .option("--reveal-secrets", "do not mask secrets")
    .action(async (modules: string[], _, command: Command) => {
      done(await show(host, modules, command.optsWithGlobals<ShowOptions>()));
    });
}

function addEnv(program: Command, host: CliHost, done: Done): void {
  program
    .command("env")
    .description("print the environment variables that the settings read, and who sets them")
    .argument("[module...]", "modules as for show; none: all")
    .addOption(formatOption(ENV_FORMATS))
    .option("--check", "exit with 1 where production needs a variable that its deployment files do not set")
    .option("--project <folder>", "the project's folder", ".")
    .action(async (modules: string[], _, command: Command) => {
      done(await env(host, modules, command.optsWithGlobals<EnvOptions>()));
    });
}

function addCompare(program: Command, host: CliHost, done: Done): void {
  program
    .command("compare")
    .description("print what a change does to the settings that each environment gets")
    .argument("<before>", "a folder with the project as it was")
    .argument("<after>", "a folder with the project as it is")
    .addOption(formatOption(COMPARE_FORMATS))
    .action(async (before: string, after: string, _, command: Command) => {
      done(await compare(host, before, after, command.optsWithGlobals<CompareOptions>()));
    });
}

function addGraph(program: Command, host: CliHost, done: Done): void {
  program
    .command("graph")
    .description("print settings modules with their roles, imports and entry points")
    .argument("[path...]", "folders")
    .addOption(formatOption(GRAPH_FORMATS))
    .action(async (paths: string[], _, command: Command) => {
      done(await graph(host, paths, command.optsWithGlobals<GraphOptions>()));
    });
}

/** `entry/isServer.ts` starts it without any of this; here are its help, and the answer to what it does not understand. */
function addServe(program: Command): void {
  program
    .command("serve")
    .description("start the language server, which speaks to an editor over standard input and output")
    .option("--stdio", "what it does anyway; editors add it by themselves")
    .action(() => {
      throw new UsageError("options of all commands do not go with serve: django-settings-lint serve");
    });
}

function addRuleCommands(program: Command, host: CliHost, done: Done): void {
  program
    .command("explain")
    .description("print a rule's page")
    .argument("<rule>", "the rule's id")
    .addOption(formatOption(EXPLAIN_FORMATS))
    .action((rule: string, _, command: Command) => {
      done(
        explain(host, rule, command.optsWithGlobals<CommonOptions & { format: (typeof EXPLAIN_FORMATS)[number] }>()),
      );
    });
  program
    .command("rules")
    .description("print the catalogue of rules")
    .addOption(formatOption(RULES_FORMATS))
    .action((_, command: Command) => {
      done(listRules(host, command.optsWithGlobals<CommonOptions & { format: (typeof RULES_FORMATS)[number] }>()));
    });
}
