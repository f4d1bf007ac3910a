import assert from "node:assert/strict";
import { fixed } from "./support";

/** A line with a value, what is written instead, and what becomes of the comment. */
type Row = readonly [line: string, value: string, written: string, after: string];

const replaced = (line: string, value: string, written: string): Promise<string> =>
  fixed(`${line}\n`, (edit, bench) => edit.replace(bench.entry, bench.range(value), written));

describe("comments behind a replaced value", () => {
  const gone: readonly Row[] = [
    ["DEBUG = True  # True on my laptop", "True", "False", "DEBUG = False"],
    ["DEBUG = True  # enabled while we build it", "True", "False", "DEBUG = False"],
    ["DEBUG = True  # TODO: turn off, for now", "True", "False", "DEBUG = False"],
    ["HOSTS = ['*']  # allow all hosts", "['*']", "['books.example']", "HOSTS = ['books.example']"],
    ["TIMEOUT = 60  # 60 seconds", "60", "600", "TIMEOUT = 600"],
    ["KEY = 'ink-and-quill'  # noqa: S105", "'ink-and-quill'", "os.environ['KEY']", "KEY = os.environ['KEY']"],
    ["X = {'PASSWORD': 'ink-pot'}  # nosec", "'ink-pot'", "read()", "X = {'PASSWORD': read()}"],
    ["KEY = 'ink-pot'  # change this before the release", "'ink-pot'", "read()", "KEY = read()"],
  ];
  for (const [line, value, written, after] of gone)
    it(`goes: ${line}`, async () => assert.equal(await replaced(line, value, written), `${after}\n`));

  const kept: readonly Row[] = [
    ["DEBUG = True  # never enable in production", "True", "False", "DEBUG = False  # never enable in production"],
    ["DEBUG = True  # shown in the footer", "True", "False", "DEBUG = False  # shown in the footer"],
    ["DAYS = 4  # 4 days", "4", "60 * 60 * 24 * 4", "DAYS = 60 * 60 * 24 * 4  # 4 days"],
    ["OLD = True  # Temporary", "OLD", "NEW", "NEW = True  # Temporary"],
    ["KEY = 'ink-pot'  # noqa: E501", "'ink-pot'", "read()", "KEY = read()  # noqa: E501"],
    [
      "DEBUG = True  # django-settings-lint: ignore[x] True here",
      "True",
      "False",
      "DEBUG = False  # django-settings-lint: ignore[x] True here",
    ],
  ];
  for (const [line, value, written, after] of kept)
    it(`stays: ${line}`, async () => assert.equal(await replaced(line, value, written), `${after}\n`));
});
