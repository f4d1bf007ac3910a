import { table } from "../../../../base/table";
import { argument, textArgument, type CallContext, type KnownCall } from "../../../program/call";
import { walk } from "../../../interpreter/conditions";
import { decide } from "../../../interpreter/deciding";
import { truthOf } from "../../../semantics/operators";
import { pure } from "../../../program/pure";
import { certaintyOf } from "../../../values/symbolic";
import { bool, NONE, tuple, unknown, type Value } from "../../../values/value";
import {
  DEFAULT_URL_OPTIONS,
  djDatabaseUrl,
  noteSchemes,
  unknownScheme,
  type DatabaseUrlOptions,
} from "./databaseUrls";
import { isOff, readVariable } from "../../variables";

/** dj-database-url 3: `config()` reads DATABASE_URL, `parse()` takes a URL (https://github.com/jazzband/dj-database-url). */
export const DATABASE_URL_CALLS: Readonly<Record<string, KnownCall>> = table({
  "dj_database_url.register": (call) => {
    noteSchemes(call);
    return NONE;
  },
  "dj_database_url.config": (call) => withKnownSsl(call, 6, config),
  "dj_database_url.parse": (call) => withKnownSsl(call, 5, parse),
});

/** Whether encryption is required may depend on a test: then each of its outcomes is computed. */
function withKnownSsl(call: CallContext, index: number, run: (call: CallContext) => Value): Value {
  const changed = unknownScheme(call);
  if (changed !== undefined) return changed;
  const ssl = argument(call.args, index, "ssl_require");
  if (ssl === undefined || truthOf(ssl) !== undefined) return run(call);
  const { machine: m, state, site } = call;
  return walk(m, state, decide(m, state, ssl, site, "ssl_require"), (inner, holds) => {
    const keywords = new Map(call.args.keywords).set("ssl_require", bool(holds));
    return run({
      ...call,
      state: inner,
      args: { ...call.args, positional: call.args.positional.slice(0, index), keywords },
    });
  });
}

/** The parameters after the URL; `undefined` when one of them is not known. */
function optionsOf(call: CallContext, first: number): DatabaseUrlOptions | undefined {
  const given = (index: number, name: string): Value | undefined => {
    const value = argument(call.args, first + index, name);
    return value === undefined ? undefined : call.machine.freeze(call.state, value);
  };
  const ssl = given(4, "ssl_require");
  if (call.args.open || (ssl !== undefined && truthOf(ssl) === undefined)) return undefined;
  const test = given(5, "test_options");
  return {
    engine: given(0, "engine") ?? DEFAULT_URL_OPTIONS.engine,
    connMaxAge: given(1, "conn_max_age") ?? DEFAULT_URL_OPTIONS.connMaxAge,
    connHealthChecks: given(2, "conn_health_checks") ?? DEFAULT_URL_OPTIONS.connHealthChecks,
    disableServerSideCursors: given(3, "disable_server_side_cursors") ?? DEFAULT_URL_OPTIONS.disableServerSideCursors,
    sslRequire: !isOff(ssl),
    test: isOff(test) ? undefined : test,
  };
}

const OPERATION = "dj_database_url.parse";

/** What is parsed, and the options, which tell the result from one with others. */
function inputsOf(url: Value, { sslRequire, test, ...others }: DatabaseUrlOptions): readonly Value[] {
  const values = [bool(sslRequire), ...Object.values<Value>(others), ...(test === undefined ? [] : [test])];
  return [url, tuple(values.filter((value) => certaintyOf(value) === "concrete"))];
}

const NOT_KNOWN = "a database URL that is not known";

function config(call: CallContext): Value {
  const { machine: m, state, site } = call;
  const options = optionsOf(call, 2);
  const variable = argument(call.args, 0, "env") === undefined ? "DATABASE_URL" : textArgument(call, 0, "env");
  if (options === undefined || variable === undefined) return unknown("environment", NOT_KNOWN, site);
  const convert = (text: string): Value => (text === "" ? { kind: "dict", entries: [] } : djDatabaseUrl(text, options));
  const url = argument(call.args, 1, "default") ?? NONE;
  const fallback = pure(m, state, OPERATION, inputsOf(url, options), ([text]) => fromUrl(text as Value, convert), {
    site,
    result: "dict",
  });
  return readVariable(
    { variable, library: "dj-database-url", cast: "database", fallback, convert, missing: "KeyError" },
    call,
  );
}

function fromUrl(text: Value, convert: (text: string) => Value): Value {
  if (text.kind === "none") return { kind: "dict", entries: [] };
  return text.kind === "str" || text.kind === "path" ? convert(text.value) : unknown("unsupported", NOT_KNOWN);
}

function parse(call: CallContext): Value {
  const { machine: m, state, site } = call;
  const options = optionsOf(call, 1);
  const url = argument(call.args, 0, "url");
  if (options === undefined || url === undefined) return unknown("call", NOT_KNOWN, site);
  const convert = (text: string): Value => djDatabaseUrl(text, options);
  return pure(
    m,
    state,
    OPERATION,
    inputsOf(url, options),
    ([text]) => (text?.kind === "str" ? convert(text.value) : unknown("unsupported", NOT_KNOWN)),
    { site, result: "dict" },
  );
}
