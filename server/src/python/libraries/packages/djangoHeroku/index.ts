import { table } from "../../../../base/table";
import { argument, scopeBehind, type CallContext, type KnownCall } from "../../../program/call";
import { own } from "../../../program/objects";
import { bind, mapSlot, type Slot } from "../../../program/slots";
import { truthOf } from "../../../semantics/operators";
import {
  dict,
  FALSE,
  int,
  list,
  NONE,
  str,
  TRUE,
  unknown,
  type DictValue,
  type Step,
  type Value,
} from "../../../values/value";
import { DATABASE_URL_CALLS } from "../databaseUrls/djDatabaseUrl";
import type { Library } from "../../library";
import { presenceOf, readVariable } from "../../variables";

/**
 * `settings(locals())` of django-heroku 0.3.1 and django-on-heroku 1.1.2 (their core.py): what it sets, and nothing else. Not
 * modelled: the databases by colour, and the test runner on CI.
 */
export const djangoHeroku: Library = {
  calls: table<KnownCall>({
    "django_heroku.settings": (call) => settings(call, "first"),
    "django_heroku.core.settings": (call) => settings(call, "first"),
    "django_on_heroku.settings": (call) => settings(call, "below SecurityMiddleware"),
    "django_on_heroku.core.settings": (call) => settings(call, "below SecurityMiddleware"),
  }),
};

/** Where WhiteNoise is put into the list of middleware. */
type Placing = "first" | "below SecurityMiddleware";

const FLAGS = ["db_colors", "databases", "test_runner", "staticfiles", "allowed_hosts", "logging", "secret_key"];
const WHITENOISE = "whitenoise.middleware.WhiteNoiseMiddleware";
const SECURITY = "django.middleware.security.SecurityMiddleware";

function settings(call: CallContext, placing: Placing): Value | undefined {
  const { args } = call;
  const scope = args.positional[0] === undefined ? undefined : scopeBehind(args.positional[0]);
  const isKnown = [...args.keywords].every(([name, value]) => FLAGS.includes(name) && truthOf(value) !== undefined);
  const isOn = (flag: string): boolean => {
    const value = argument(args, 1, flag);
    return value === undefined ? flag !== "db_colors" : truthOf(value) === true;
  };
  if (scope === undefined || args.open || args.positional.length > 1 || !isKnown || isOn("db_colors")) return undefined;
  const names = new Names(call, scope);
  if (isOn("databases")) databases(names);
  if (isOn("staticfiles")) staticFiles(names, placing);
  if (isOn("allowed_hosts")) names.set("ALLOWED_HOSTS", list([str("*")]));
  if (isOn("logging")) names.setAlways("LOGGING", LOGGING);
  if (isOn("secret_key")) names.setIf("SECRET_KEY", "SECRET_KEY", readKey);
  return NONE;
}

/** The settings that the call gets hold of. */
class Names {
  readonly call: CallContext;
  private readonly scope: number;
  private readonly step: Step;

  constructor(call: CallContext, scope: number) {
    const { site, frame } = call;
    this.call = call;
    this.scope = scope;
    this.step = { kind: "assignment", site, target: site.range, module: frame.module };
  }

  slot(name: string): Slot | undefined {
    return this.call.state.slot(this.scope, name);
  }

  set(name: string, value: Value): void {
    this.call.state.setSlot(this.scope, name, this.bound(value));
  }

  /** Sets a name as the call does whatever the project wants: nobody mends it there. */
  setAlways(name: string, value: Value): void {
    this.call.state.setSlot(this.scope, name, bind(this.owned(value), [{ ...this.step, isGeneric: true }]));
  }

  /** Sets a name where a variable is set, to what is read there, and leaves it as it is where not. */
  setIf(name: string, variable: string, read: (call: CallContext) => Value): void {
    const { machine: m, state, site } = this.call;
    const test = m.test(presenceOf(variable, this.call), site, `${variable} is set`);
    const value = read({ ...this.call, state: state.assume(test, true) });
    state.setSlot(this.scope, name, { kind: "split", test, yes: this.bound(value), no: this.slot(name) });
  }

  /** Gives a name another value made of its own, in each world. */
  change(name: string, change: (value: Value) => Value): void {
    const { machine: m, state } = this.call;
    const slot = this.slot(name);
    if (slot === undefined) return;
    const changed = mapSlot(slot, (bound) => ({
      ...bound,
      value: this.owned(m.distribute(state, [bound.value], ([leaf]) => change(m.freeze(state, leaf as Value)))),
      steps: [...bound.steps, { ...this.step, kind: "mutation" }],
    }));
    state.setSlot(this.scope, name, changed);
  }

  /** What a name is, frozen; unknown where worlds differ. */
  value(name: string): Value {
    const slot = this.slot(name);
    const { machine: m, state, site } = this.call;
    return slot?.kind === "bound" ? m.freeze(state, slot.value) : unknown("unsupported", name, site);
  }

  private bound(value: Value): Slot {
    return bind(this.owned(value), [this.step]);
  }

  private owned(value: Value): Value {
    const { machine: m, state, site } = this.call;
    return own(m, state, value, site.file);
  }
}

function readKey(call: CallContext): Value {
  const convert = (text: string): Value => str(text);
  return readVariable(
    { variable: "SECRET_KEY", library: "os", cast: "str", fallback: undefined, convert, missing: "KeyError" },
    call,
  );
}

/** `dj_database_url.config(conn_max_age=600, ssl_require=True)` in place of the default database, where there is a URL. */
function databases(names: Names): void {
  const { call } = names;
  const keywords = new Map<string, Value>([
    ["conn_max_age", int(600)],
    ["ssl_require", TRUE],
  ]);
  const config = DATABASE_URL_CALLS["dj_database_url.config"]?.({
    ...call,
    args: { positional: [], keywords, open: false },
  });
  const before = names.value("DATABASES");
  const others = before.kind === "dict" ? before.entries.filter((entry) => !isDefault(entry.key)) : [];
  const entry = { key: str("default"), value: config ?? NONE, site: call.site, valueSite: call.site };
  const after: DictValue = { kind: "dict", entries: [...others, entry] };
  names.setIf("DATABASES", "DATABASE_URL", () => after);
}

function isDefault(key: Value | undefined): boolean {
  return key?.kind === "str" && key.value === "default";
}

function staticFiles(names: Names, placing: Placing): void {
  const base = names.value("BASE_DIR");
  const isPath = base.kind === "str" || base.kind === "path";
  const root = isPath
    ? str(`${base.value.replace(/\/$/, "")}/staticfiles`)
    : unknown("call", "STATIC_ROOT", names.call.site);
  names.setAlways("STATIC_ROOT", root);
  names.setAlways("STATIC_URL", str("/static/"));
  names.change("MIDDLEWARE", (value) => withWhiteNoise(value, placing));
  names.setAlways("STATICFILES_STORAGE", str("whitenoise.storage.CompressedManifestStaticFilesStorage"));
}

function withWhiteNoise(value: Value, placing: Placing): Value {
  if (value.kind !== "list" && value.kind !== "tuple") return value;
  const security = value.items.findIndex((item) => item.value.kind === "str" && item.value.value === SECURITY);
  const index = placing === "first" ? 0 : security + 1;
  const added = { value: str(WHITENOISE), spread: false, site: undefined };
  return { kind: "tuple", items: value.items.toSpliced(index, 0, added) };
}

const LOGGING = dict([
  ["version", int(1)],
  ["disable_existing_loggers", FALSE],
  [
    "formatters",
    dict([
      [
        "verbose",
        dict([
          [
            "format",
            str(
              "%(asctime)s [%(process)d] [%(levelname)s] pathname=%(pathname)s lineno=%(lineno)s funcname=%(funcName)s %(message)s",
            ),
          ],
          ["datefmt", str("%Y-%m-%d %H:%M:%S")],
        ]),
      ],
      ["simple", dict([["format", str("%(levelname)s %(message)s")]])],
    ]),
  ],
  [
    "handlers",
    dict([
      [
        "null",
        dict([
          ["level", str("DEBUG")],
          ["class", str("logging.NullHandler")],
        ]),
      ],
      [
        "console",
        dict([
          ["level", str("DEBUG")],
          ["class", str("logging.StreamHandler")],
          ["formatter", str("verbose")],
        ]),
      ],
    ]),
  ],
  [
    "loggers",
    dict([
      [
        "testlogger",
        dict([
          ["handlers", list([str("console")])],
          ["level", str("INFO")],
        ]),
      ],
    ]),
  ],
]);
