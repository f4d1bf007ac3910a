/** A module whose evaluation would take minutes or gigabytes if nothing bounded it by its work. */
export interface BudgetCase {
  readonly name: string;
  /** What is appended to `BEFORE = "known"`, or several files. */
  readonly files: Readonly<Record<string, string>>;
  /** The name that is not known at the end, for what it costs; none where all is followed. */
  readonly unknown: string | undefined;
}

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");

function settings(name: string, unknown: string | undefined, text: string): BudgetCase {
  return {
    name,
    unknown,
    files: { "settings.py": `import os\nfrom pathlib import Path\nBEFORE = "known"\n${text}\n` },
  };
}

const terms = (count: number): string =>
  Array.from({ length: count }, (_, i) => `(os.environ.get("A${i}") == "x" and os.environ.get("B${i}") != "y")`).join(
    " or ",
  );

const starImports: BudgetCase = {
  name: "60 modules that star-import each other",
  unknown: undefined,
  files: {
    "settings.py": `BEFORE = "known"\nfrom m0 import *\nAFTER = 1\n`,
    ...Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `m${i}.py`,
        `X${i} = ${i}\n${lines(60, (other) => (other === i ? "" : `from m${other} import *`))}\nY${i} = ${i}\n`,
      ]),
    ),
  },
};

export const BUDGET_CASES: readonly BudgetCase[] = [
  settings("a condition of 20 terms", undefined, `DEBUG = ${terms(20)}`),
  settings("a condition of 300 terms", "DEBUG", `DEBUG = ${terms(300)}`),
  settings(
    "a text that doubles from the environment",
    "S",
    `S = ""\n${lines(20, (i) => `S = S + os.environ.get("A${i}", "x") + S`)}`,
  ),
  settings("the same, 60 times", "S", `S = ""\n${lines(60, (i) => `S = S + os.environ.get("A${i}", "x") + S`)}`),
  settings("a tuple of itself twice, shown", "TEXT", `X = (1,)\n${lines(100, () => "X = (X, X)")}\nTEXT = str(X)`),
  settings("a tuple of itself twice, as a key", "D", `X = (1,)\n${lines(100, () => "X = (X, X)")}\nD = {X: 1}`),
  settings("a tuple of itself twice, compared", "SAME", `X = (1,)\n${lines(100, () => "X = (X, X)")}\nSAME = X == X`),
  settings("a list of itself twice, shown", "TEXT", `X = [1]\n${lines(100, () => "X = [X, X]")}\nTEXT = str(X)`),
  settings(
    "three nested loops that append",
    "X",
    "X = []\nfor a in range(30):\n  for b in range(30):\n    for c in range(30):\n      X.append(a)",
  ),
  settings(
    "three nested loops of 2,000 rounds",
    "X",
    "X = []\nfor a in range(2000):\n  for b in range(2000):\n    for c in range(2000):\n      X.append(a)",
  ),
  settings(
    "key functions inside key functions",
    "M",
    "M = max(range(1000), key=lambda i: max(range(1000), key=lambda j: j))",
  ),
  settings(
    "key functions three deep",
    "M",
    "M = max(range(2000), key=lambda i: max(range(2000), key=lambda j: max(range(2000), key=lambda k: k)))",
  ),
  settings("a function that calls itself three times", "Z", "def h(): return h() or h() or h()\nZ = h()"),
  settings(
    "functions that call each other",
    "Z",
    "def f(n): return [g(n + 1), g(n + 2), g(n + 3)]\ndef g(n): return [f(n + 1), f(n + 2), f(n + 3)]\nZ = f(0)",
  ),
  settings("rstrip of a long run", undefined, `T = ("a" * 50000 + "b").rstrip("a")`),
  settings("split of a long text", undefined, `T = ("a " * 40000).split()\nU = ("a" * 80000 + " ").strip()`),
  settings("a number of a million digits", "N", `N = int("9" * 10**6)`),
  settings(
    "a dict literal of 50,000 entries",
    "D",
    `D = {${Array.from({ length: 50_000 }, (_, i) => `${i}: 1`).join(", ")}}`,
  ),
  settings("a list literal of 300,000 entries", "L", `L = [${"1, ".repeat(300_000)}]`),
  settings("2,000 joined paths", "P", `P = Path("/")\nfor i in range(2000):\n  P = P / ("a" * 5000)`),
  settings("a list of a million characters", "L", `L = list("a" * 10**6)`),
  settings("2,000 long texts", "X", `T = "aB" * 49000\nX = []\nfor i in range(2000):\n  X.append(T.upper().lower())`),
  starImports,
  settings("20,000 ifs", "AFTER", `${lines(20_000, (i) => `if os.environ.get("A${i}"): X${i} = 1`)}\nAFTER = 1`),
  settings("3,000 ifs on one name", "X", `X = 0\n${lines(3000, (i) => `if os.environ.get("A${i}"): X = ${i}`)}`),
  settings(
    "2,000 trys",
    "X1999",
    lines(2000, (i) => `try: X${i} = int(os.environ["A${i}"])\nexcept ValueError: X${i} = 0`),
  ),
  settings("100,000 statements", "AFTER", `${lines(100_000, (i) => `X${i} = ${i}`)}\nAFTER = 1`),
  settings("nested comprehensions", "N", "N = [a for a in range(2000) for b in range(2000) for c in range(2000)]"),
  settings("a sort by a sort", "S", "S = sorted(range(2000), key=lambda i: sorted(range(2000), key=lambda j: -j))"),
  settings("slices of slices", "X", "X = list(range(2000)) * 10\nfor i in range(2000):\n  X = X[:] + []"),
  settings("many big lists", "AFTER", `${lines(400, (i) => `X${i} = [${i}] * 20000`)}\nAFTER = 1`),
  settings(
    "a loop over a big list, for each of it",
    "N",
    "B = [1] * 2000\nN = 0\nfor a in B:\n  for b in B:\n    N = N + 1",
  ),
  settings("joined by a long text", "T", `T = ("b" * 90000).join(["a"] * 2000)`),
  settings("a format of many wide fields", "T", `T = ("{:>9999}" * 9000).format(*([1] * 9000))`),
  settings("f-strings of f-strings", "S", `S = "a"\nfor i in range(60):\n  S = f"{S}{S}"`),
  settings(
    "choices that multiply",
    undefined,
    `${lines(40, (i) => `V${i} = "a" if os.environ.get("A${i}") else "b"`)}\nL = [${lines(40, (i) => `V${i} + V${(i + 1) % 40}`).replaceAll("\n", ", ")}]\nL = L + L + L`,
  ),
  settings(
    "exceptions in a loop",
    undefined,
    "X = []\nfor i in range(300):\n  try:\n    X.append(other.call(i))\n    X.append(int(os.environ[str(i)]))\n  except ValueError:\n    X.append(0)",
  ),
];
