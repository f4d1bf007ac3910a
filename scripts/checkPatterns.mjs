// Looks for regular expressions of ours that a hostile text could make slow, with recheck (https://makenowjust-labs.github.io/recheck/).
//
// node scripts/checkPatterns.mjs             all of server/src and client/src
// node scripts/checkPatterns.mjs FILE...     these files
//
// Patterns built by `new RegExp` are folded from the constants of their file; a part that is only known when the program
// runs counts as one letter.

import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseSync, Visitor } from "oxc-parser";
import { check } from "recheck";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const FOLDERS = ["server/src", "client/src"];

/** What stands for a part of a pattern that only a run gives. */
const UNKNOWN_PART = "x";

/** @returns {string[]} the TypeScript files of the two programs, absolute */
function sources() {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
      .map((name) => join(root, folder, name)),
  );
}

/**
 * The patterns that stand in a text.
 * @param {string} file
 * @param {string} text
 * @returns {{ file: string, line: number, source: string, flags: string }[]}
 */
export function patternsIn(file, text) {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const constants = new Map();
  const found = [];
  const add = (node, source, flags) =>
    found.push({ file: relative(root, file), line: text.slice(0, node.start).split("\n").length, source, flags });
  const fold = (node) => {
    switch (node?.type) {
      case "Literal":
        return node.regex?.pattern ?? (typeof node.value === "string" ? node.value : UNKNOWN_PART);
      case "TemplateLiteral":
        return parts(node, (quasi) => quasi.value.cooked);
      case "TaggedTemplateExpression":
        return parts(node.quasi, (quasi) => quasi.value.raw);
      case "BinaryExpression":
        return fold(node.left) + fold(node.right);
      case "MemberExpression":
        return fold(node.object);
      case "Identifier":
        return constants.get(node.name) ?? UNKNOWN_PART;
      default:
        return UNKNOWN_PART;
    }
  };
  const parts = (template, written) =>
    template.quasis
      .map(
        (quasi, index) =>
          written(quasi) + (index < template.expressions.length ? fold(template.expressions[index]) : ""),
      )
      .join("");
  new Visitor({
    VariableDeclarator(node) {
      if (node.id.type === "Identifier" && node.init) constants.set(node.id.name, fold(node.init));
    },
    Literal(node) {
      if (node.regex) add(node, node.regex.pattern, node.regex.flags);
    },
    NewExpression(node) {
      if (node.callee.name === "RegExp" && node.arguments[0]?.type !== "Literal")
        add(node, fold(node.arguments[0]), node.arguments[1]?.value ?? "");
    },
  }).visit(program);
  return found;
}

/** For one pattern, in milliseconds. What takes longer is told, and counts as no finding: a busy machine must not fail a build. */
const TIMEOUT = 60_000;

/**
 * Why a pattern may be slow, with the text that shows it; `undefined` for one that is not.
 * @param {{ source: string, flags: string }} pattern
 * @returns {Promise<string | undefined>}
 */
export async function whySlow({ source, flags }) {
  // recheck does not know the flag "d", which only asks for places.
  // Counted in steps, not in time: on a busy machine any pattern takes long.
  const found = await check(source, flags.replace("d", ""), {
    timeout: TIMEOUT,
    attackTimeout: null,
    incubationTimeout: null,
  });
  if (found.status === "safe") return undefined;
  if (found.status === "vulnerable") return `${found.complexity.summary}: ${found.attack.pattern}`;
  if (found.error.kind !== "timeout") return `cannot be checked: ${found.error.kind}`;
  console.log(`not checked in ${TIMEOUT / 1000} s: /${source}/${flags}`);
  return undefined;
}

async function main(files) {
  const patterns = files.flatMap((file) => patternsIn(file, readFileSync(file, "utf8")));
  const queue = [...new Map(patterns.map((each) => [`/${each.source}/${each.flags}`, each])).values()];
  const count = queue.length;
  let slow = 0;
  const work = async () => {
    for (let each = queue.shift(); each !== undefined; each = queue.shift()) {
      const why = await whySlow(each);
      if (why === undefined) continue;
      slow += 1;
      console.log(`${each.file}:${each.line}: /${each.source}/${each.flags}\n    ${why}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  console.log(`${count} patterns, ${slow} of them slow for some text`);
  if (slow > 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  await main(process.argv.length > 2 ? process.argv.slice(2).map((file) => resolve(file)) : sources());
