import type { Random } from "../python/generate/random";

const repeated = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join("");

/** Settings that cost an evaluator time or memory, of sizes from harmless to hopeless. */
export const bombs: readonly ((random: Random) => string)[] = [
  (random) => `x = (1,)\n${repeated(random.below(100), () => "x = (x, x)")}Y = str(x)\n`,
  (random) => `x = "a"\n${repeated(random.below(60), () => "x += x")}Y = x.upper()\n`,
  (random) =>
    `s = ""\n${repeated(random.below(40), (index) => `s = s + __import__("os").environ.get("A${index}", "x") + s`)}`,
  (random) => {
    const test = (index: number): string =>
      `(os.environ.get("A${index}") == "x" and os.environ.get("B${index}") != "y")`;
    return `import os\nDEBUG = ${Array.from({ length: 1 + random.below(40) }, (_, index) => test(index)).join(" or ")}\n`;
  },
  (random) => {
    const size = random.below(200);
    return `X = []\nfor a in range(${size}):\n    for b in range(${size}):\n        for c in range(${size}):\n            X.append(a)\n`;
  },
  (random) => `Z = max(range(${random.below(3000)}), key=lambda i: max(range(1000), key=lambda j: j))\n`,
  () => "def h():\n    return h() or h() or h()\nZ = h()\n",
  (random) => `Z = ("a" * ${random.below(1_000_000)} + "b").rstrip("a")\n`,
  (random) => `Z = int("9" * ${random.below(1_000_000)})\n`,
  (random) => `D = {${Array.from({ length: random.below(20_000) }, (_, index) => `${index}: 1`).join(", ")}}\n`,
  (random) => `L = list("a" * ${random.below(1_000_000)})\n`,
  (random) => `from pathlib import Path\np = Path("/")\n${repeated(random.below(500), () => 'p = p / ("a" * 5000)')}`,
  (random) => `X = ${"(".repeat(random.below(3000))}1\n`,
  (random) => `DEBUG = ${"not ".repeat(random.below(100_000))}True\n`,
];
