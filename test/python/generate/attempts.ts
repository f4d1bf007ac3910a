import { expression } from "./expressions";
import { some, statement } from "./statements";
import { VARIABLES, type Type, type Writer } from "./writer";

/** What may raise, of which type it is, and what it raises. */
function risky(w: Writer): readonly [Type, string, string] {
  const variable = w.random.one(VARIABLES);
  return w.random.one<readonly [Type, string, string]>([
    ["int", `int(os.environ["${variable}"])`, "(KeyError, ValueError)"],
    ["str", `os.environ["${variable}"]`, "KeyError"],
    ["int", `int(os.environ.get("${variable}", "none"))`, "ValueError"],
    ["int", `int(${expression(w, "str", 1)})`, "ValueError"],
    ["str", `${expression(w, "dict", 1)}["k"] and "v"`, "KeyError"],
    ["str", `${expression(w, "strings", 1)}[1]`, "IndexError"],
    ["int", `${expression(w, "strings", 1)}.index(${expression(w, "str", 1)})`, "Exception"],
    ["int", `10 // ${expression(w, "int", 1)}`, "ZeroDivisionError"],
    ["bool", `json.loads(os.environ.get("${variable}", "true")) is True`, "ValueError"],
    ["str", `os.environ.get("${variable}").lower()`, "AttributeError"],
    ["str", `os.environ.get("${variable}") + "x"`, "TypeError"],
    ["ints", `[int(x) for x in ${expression(w, "strings", 1)}]`, "ValueError"],
    ["int", `float(os.getenv("${variable}", "1.5")) > 1`, "ValueError"],
    ["str", `(os.environ.get("${variable}") or os.environ["${w.random.one(VARIABLES)}"]).strip()`, "LookupError"],
    ["int", `{"a": 1, "b": int(os.environ["${variable}"])}[${expression(w, "str", 1)}]`, "(KeyError, ValueError)"],
    ["str", `str(undefined_name)`, "NameError"],
  ]);
}

export function attempt(w: Writer): void {
  const name = w.fresh();
  const [type, value, exception] = risky(w);
  if (w.random.chance(0.15) && !w.inFunction) return suppressed(w, name, type, value, exception);
  w.line("try:");
  w.block(() => {
    if (w.random.chance(0.3)) statement(w);
    w.line(`${name} = ${value}`);
    w.add(name, type);
    if (w.random.chance(0.4)) statement(w);
    if (w.random.chance(0.15)) leave(w);
  });
  handlers(w, name, type, exception);
  if (w.random.chance(0.2)) {
    w.line("else:");
    w.block(() => some(w));
  }
  if (w.random.chance(0.15)) {
    w.line("finally:");
    w.block(() => some(w));
  }
  w.add(name, type);
}

function suppressed(w: Writer, name: string, type: Type, value: string, exception: string): void {
  w.line(`${name} = ${expression(w, type, 0)}`);
  w.line(`with suppress(${exception.replace(/[()]/g, "")}):`);
  w.block(() => {
    w.line(`${name} = ${value}`);
    if (w.random.chance(0.5)) statement(w);
  });
  w.add(name, type);
}

function handlers(w: Writer, name: string, type: Type, exception: string): void {
  const rescue = (): void => {
    if (w.random.chance(0.3)) statement(w);
    w.line(`${name} = ${expression(w, type, 0)}`);
  };
  if (w.random.chance(0.12)) {
    w.line(`except ${w.random.one(["ImportError", "IndexError", "KeyError as v_error"])}:`);
    w.block(rescue);
  }
  if (w.random.chance(0.1)) {
    w.line(`except ${exception} as v_error:`);
    w.block(() => {
      w.line(`${name} = ${expression(w, type, 0)}`);
      w.line(`${w.inFunction ? "v_" : `N${w.index}_X`} = type(v_error).__name__`);
    });
  } else {
    w.line(`except ${exception}:`);
    w.block(rescue);
  }
  if (!w.random.chance(0.12)) return;
  w.line(w.random.one(["except Exception:", "except (TypeError, OSError, LookupError, ArithmeticError):"]));
  w.block(rescue);
}

/** An exception or jump at the end of a `try`'s body, in some worlds. */
function leave(w: Writer): void {
  const jumps = [
    'raise ValueError("x")',
    'raise KeyError("k")',
    "raise IndexError",
    ...(w.inLoop ? ["continue", "break"] : []),
    ...(w.inFunction ? ["return None"] : []),
  ];
  w.line(`if ${expression(w, "bool", 1)}: ${w.random.one(jumps)}`);
}

/** An exception that passes through a handler or `finally` and is caught further out. */
export function rethrown(w: Writer): void {
  const name = w.fresh();
  const [, value, exception] = risky(w);
  w.line("try:");
  w.block(() => {
    if (w.random.chance(0.5)) statement(w);
    w.line("try:");
    w.block(() => {
      w.line(`${name} = ${w.random.one(['"inner"', "1"])}`);
      w.line(`${w.inFunction ? "v_" : `N${w.index}_Y`} = ${value}`);
      leave(w);
    });
    w.random.one([
      () => {
        w.line(`except ${exception}:`);
        w.block(() => {
          statement(w);
          w.line(w.random.one(["raise", 'raise RuntimeError("r")', `if ${expression(w, "bool", 0)}: raise`]));
        });
      },
      () => {
        w.line("finally:");
        w.block(() => some(w));
      },
    ])();
    if (w.random.chance(0.4)) statement(w);
  });
  w.line(
    w.random.one([
      "except Exception:",
      `except (${exception.replace(/[()]/g, "")}, RuntimeError, LookupError, ValueError):`,
    ]),
  );
  w.block(() => {
    if (w.random.chance(0.5)) statement(w);
    w.line(`${name} = "outer"`);
  });
}
