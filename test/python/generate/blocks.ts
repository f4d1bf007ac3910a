import { condition, expression } from "./expressions";
import { some, statement } from "./statements";
import { TYPES, type Type, type Writer } from "./writer";

export function branch(w: Writer): void {
  if (w.random.chance(0.12) && !w.inFunction) {
    const name = w.fresh();
    w.line(`if (${name} := ${expression(w, "optional", 1)}):`);
    w.block(() => {
      w.add(name, "str");
      some(w);
    });
  } else {
    w.line(`if ${condition(w)}:`);
    w.block(() => some(w));
  }
  if (w.random.chance(0.3)) {
    w.line(`elif ${condition(w)}:`);
    w.block(() => some(w));
  }
  if (!w.random.chance(0.6)) return;
  w.line("else:");
  if (w.random.chance(0.3) && !w.inFunction) bindInBoth(w);
  else w.block(() => some(w));
}

/** A name that is bound after the `if` just written, in one of its arms or behind it. */
function bindInBoth(w: Writer): void {
  const type = w.random.one(TYPES);
  const name = w.fresh();
  w.block(() => w.line(`${name} = ${expression(w, type, 1)}`));
  w.line(`if not ${JSON.stringify(name)} in globals(): ${name} = ${expression(w, type, 1)}`);
  w.add(name, type);
}

export function loop(w: Writer): void {
  if (w.random.chance(0.12) && !w.inFunction) return whileLoop(w);
  const name = w.inFunction ? "v_item" : `ITEM${w.index}`;
  const strings = expression(w, "strings", 1);
  const source = w.random.one([strings, `list(${strings})`, `tuple(${strings})`, '["a", "prod"]']);
  w.random.weighted<() => void>([
    [6, () => w.line(`for ${name} in list(${source})[:4]:`)],
    [1, () => w.line(`for v_i, ${name} in enumerate(list(${source})[:3]):`)],
    [1, () => w.line(`for ${name}, v_v in list({"a": 1, "k": 2}.items()):`)],
    [1, () => w.line(`for ${name} in map(str, ${expression(w, "dict", 1)}):`)],
    [1, () => w.line(`for v_i, ${name} in zip(range(3), ${source}):`)],
  ])();
  loopBody(w, () => {
    w.add(name, "str");
    if (w.random.chance(0.3)) w.line(`if ${expression(w, "bool", 1)}: ${w.random.one(["continue", "break"])}`);
    some(w);
    if (w.random.chance(0.1)) w.line(w.random.one(["continue", "break"]));
  });
  if (!w.random.chance(0.15)) return;
  w.line("else:");
  w.block(() => some(w));
}

function loopBody(w: Writer, write: () => void): void {
  const { inLoop } = w;
  w.inLoop = true;
  w.block(write);
  w.inLoop = inLoop;
}

function whileLoop(w: Writer): void {
  const counter = w.fresh();
  w.line(`${counter} = 0`);
  w.line(`while ${w.random.one([`${counter} < ${w.random.below(4)}`, "True"])}:`);
  loopBody(w, () => {
    w.line(`${counter} += 1`);
    w.line(`if ${counter} > 3: break`);
    some(w);
  });
  w.add(counter, "int");
}

export function matching(w: Writer): void {
  const inner = (pattern: string, bound?: string, type: Type = "str"): void => {
    w.line(`    case ${pattern}:`);
    w.block(() => {
      w.block(() => {
        if (bound !== undefined) w.add(bound, type);
        some(w);
      });
    });
  };
  const name = w.fresh();
  w.random.weighted<() => void>([
    [
      4,
      () => {
        w.line(`match ${expression(w, "optional", 1)}:`);
        inner(w.random.one(['"prod"', '"a" | "b"', "None", '"dev"']));
        if (w.random.chance(0.3)) inner(`str() as ${name}`, name);
      },
    ],
    [
      2,
      () => {
        w.line(`match ${expression(w, "str", 1)}:`);
        inner(`${name} if ${name}.startswith("a")`, name);
        if (w.random.chance(0.5)) inner('"prod" | "dev"');
      },
    ],
    [
      2,
      () => {
        w.line(`match ${expression(w, "strings", 1)}:`);
        inner(w.random.one(["[]", '["a"]', '["a", *_]']));
        inner(`[${name}, *_]`, name);
      },
    ],
    [
      2,
      () => {
        w.line(`match ${expression(w, "dict", 1)}:`);
        inner(w.random.one(['{"a": 1}', '{"k": _}', '{"a": int() | str()}']));
        inner(`{"b": _, **${name}}`, name, "dict");
      },
    ],
    [
      1,
      () => {
        w.line(`match (${expression(w, "int", 1)}, ${expression(w, "bool", 1)}):`);
        inner("(0, _) | (_, False)");
        inner(`(${name}, True)`, name, "int");
      },
    ],
  ])();
  if (w.random.chance(0.6)) inner("_");
}

/** `with`: managers that swallow exceptions, and one that gives a name. */
export function managed(w: Writer): void {
  const name = w.fresh();
  w.random.one([
    () => w.line(`with suppress(KeyError), suppress(ValueError):`),
    () => w.line(`with nullcontext(${expression(w, "strings", 1)}) as ${name}:`),
    () => w.line(`with suppress(Exception):`),
  ])();
  w.block(() => {
    statement(w);
    w.line(
      `${w.inFunction ? "v_" : `N${w.index}_W`} = ${w.random.one([`int(${expression(w, "str", 1)})`, '{"a": 1}["a"]', expression(w, "int", 1)])}`,
    );
    statement(w);
  });
}
