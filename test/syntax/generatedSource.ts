/** Numbers from 0 (inclusive) to 1 (exclusive), the same for the same seed (mulberry32). */
export type Random = () => number;

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pick<T>(random: Random, options: readonly T[]): T {
  return options[Math.floor(random() * options.length)] as T;
}

const NAMES = [
  "DEBUG",
  "ALLOWED_HOSTS",
  "BASE_DIR",
  "DATABASES",
  "MIDDLEWARE",
  "env",
  "os",
  "value",
  "Größe",
  "ROOT_URLCONF",
];
const STRINGS = [
  '"django.contrib.admin"',
  "'*'",
  'r"\\d+"',
  'b"\\x00"',
  '"""two\nlines"""',
  '"a" "b"',
  'f"{BASE_DIR}/static"',
  "f'{env(\"A\")!r:>{value}} {{x}}'",
  '"😀 ü"',
  "''",
];

type Write = (random: Random, depth: number) => string;

const EXPRESSIONS: readonly Write[] = [
  (r) => pick(r, NAMES),
  (r) => pick(r, STRINGS),
  (r) => pick(r, ["0", "31536000", "0x1F", "1_000", "2.5", "1e3", "True", "False", "None", "..."]),
  (r, d) => `[${many(r, d, ", ")}]`,
  (r, d) => `[\n        ${many(r, d, ",  # why\n        ")},\n    ]`,
  (r, d) => `(${write(r, d)}, ${many(r, d, ", ")})`,
  (r, d) => `{${pick(r, STRINGS)}: ${write(r, d)}, **${pick(r, NAMES)}, "b": ${write(r, d)}}`,
  (r, d) => `{${write(r, d)}, ${write(r, d)}}`,
  (r, d) => `${pick(r, NAMES)}.get(${write(r, d)}, default=${write(r, d)})`,
  (r) => `env.list(${pick(r, STRINGS)}, *${pick(r, NAMES)}, **${pick(r, NAMES)})`,
  (r, d) => `os.path.join(${many(r, d, ", ")})`,
  (r, d) => `${pick(r, NAMES)}[${write(r, d)}]`,
  (r, d) => `${pick(r, NAMES)}[1:${write(r, d)}]`,
  (r, d) => `${write(r, d)} ${pick(r, ["+", "-", "*", "/", "//", "%", "|", "&"])} ${write(r, d)}`,
  (r, d) => `(${write(r, d)} ${pick(r, ["and", "or", "==", "!=", "in", "not in", "is not", "<="])} ${write(r, d)})`,
  (r, d) => `(not ${write(r, d)})`,
  (r, d) => `(${write(r, d)} if ${write(r, d)} else ${write(r, d)})`,
  (r, d) => `[${write(r, d)} for value in ${pick(r, NAMES)} if ${write(r, d)}]`,
  (r, d) => `{value: ${write(r, d)} for value in ${pick(r, NAMES)}}`,
  (r, d) => `(lambda value, *a, b=${write(r, d)}: ${write(r, d)})`,
];

function write(random: Random, depth: number): string {
  return pick(random, depth <= 0 ? EXPRESSIONS.slice(0, 3) : EXPRESSIONS)(random, depth - 1);
}

function many(random: Random, depth: number, separator: string): string {
  return Array.from({ length: 1 + Math.floor(random() * 4) }, () => write(random, depth)).join(separator);
}

const STATEMENTS: readonly Write[] = [
  (r, d) => `${pick(r, NAMES)} = ${write(r, d)}`,
  (r, d) => `${pick(r, NAMES)} = ${write(r, d)}  # noqa`,
  (r, d) => `${pick(r, NAMES)} = ${pick(r, NAMES)} = ${write(r, d)}`,
  (r, d) => `${pick(r, NAMES)} += ${write(r, d)}`,
  (r, d) => `${pick(r, NAMES)}: dict[str, int] | None = ${write(r, d)}`,
  (r, d) => `DATABASES["default"]["HOST"] = ${write(r, d)}`,
  (r, d) => `MIDDLEWARE.insert(0, ${write(r, d)})`,
  (r, d) => `a, *b = ${write(r, d)}; del a`,
  () => "from .base import *",
  () => "from ..apps.shop import (\n    A,\n    B as C,\n)",
  () => "import os.path, sys as system",
  () => "",
  () => "# a comment",
  (r, d) => `assert ${write(r, d)}, "why"`,
  (r, d) => `if ${write(r, d)}:\n${block(r, d)}`,
  (r, d) => `if ${write(r, d)}:\n${block(r, d)}\nelif ${write(r, d)}:\n${block(r, d)}\nelse:\n${block(r, d)}`,
  (r, d) => `try:\n${block(r, d)}\nexcept ImportError as error:\n${block(r, d)}\nfinally:\n${block(r, d)}`,
  (r, d) => `for value in ${write(r, d)}:\n${block(r, d)}`,
  (r, d) => `with open(${write(r, d)}) as file, value:\n${block(r, d)}`,
  (r, d) => `def helper(name, default=${write(r, d)}, *, cast: int = 1):\n    """Reads."""\n    return ${write(r, d)}`,
  (r, d) => `@decorated(${write(r, d)})\nclass Production(Base, key=1):\n${block(r, d)}`,
];

/** A block of statements, each four blanks deeper than what it was written for. */
function block(random: Random, depth: number): string {
  const options = depth <= 0 ? STATEMENTS.slice(0, 8) : STATEMENTS;
  const statements = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
    pick(random, options)(random, depth - 1),
  );
  return [...statements, "pass"].join("\n").replace(/^(?=.)/gm, "    ");
}

/** Python that looks like a settings module; valid, whatever the seed. */
export function generateSource(seed: number): string {
  const random = seeded(seed);
  const count = 5 + Math.floor(random() * 15);
  const source = Array.from({ length: count }, () => pick(random, STATEMENTS)(random, 2)).join("\n");
  return pick(random, [`${source}\n`, source, `${source}\n`.replaceAll("\n", "\r\n")]);
}

const TOKEN = /\s+|\w+|[^\w\s]/gu;

/** The source with one to three tokens deleted, doubled or swapped, a token put in, or its end cut off. */
export function mutate(source: string, seed: number): string {
  const random = seeded(seed ^ 0x5bd1e995);
  let tokens: string[] = source.match(TOKEN) ?? [];
  for (let rounds = 1 + Math.floor(random() * 3); rounds > 0; rounds--) {
    const at = Math.floor(random() * tokens.length);
    const other = Math.floor(random() * tokens.length);
    const change = Math.floor(random() * 5);
    if (change === 0) tokens.splice(at, 1);
    else if (change === 1) tokens.splice(at, 0, tokens[at] ?? "");
    else if (change === 2) [tokens[at], tokens[other]] = [tokens[other] ?? "", tokens[at] ?? ""];
    else if (change === 3)
      tokens.splice(at, 0, pick(random, ["(", "]", '"', "'''", ":", "=", "\n", "    ", "if", "\\", "{"]));
    else if (random() < 0.3) tokens = tokens.slice(0, at);
  }
  return tokens.join("");
}
