import { isatty } from "node:tty";

/**
 * Whether the command is to be the language server (`django-settings-lint serve`, and `--stdio` behind it, which editors add by
 * themselves), which is a program of its own: it runs for hours, and needs nothing of the other commands. What else is typed after
 * `serve` (`--help`, a mistake) is for the command line to answer.
 */
export const isServer = process.argv[2] === "serve" && process.argv.slice(3).every((arg) => arg === "--stdio");

if (isServer && isatty(0))
  process.stderr.write("The language server speaks to an editor over standard input and output. End it with Ctrl+C.\n");
