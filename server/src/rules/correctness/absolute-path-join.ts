import { walk } from "../../lint/edit/walk";
import { defineRule, siteOf } from "../../lint/rule";
import type { BinOp, Call, Expr } from "../../syntax/ast";
import { dottedName } from "../../syntax/dottedName";
import { inStatements } from "../../syntax/statements";
import { importedAs, originOf } from "../questions/modules/moduleLevel";
import doc from "./absolute-path-join.md";

export const absolutePathJoin = defineRule({
  id: "absolute-path-join",
  category: "correctness",
  severity: "error",
  audience: "file",
  messages: {
    discards:
      'Joining a path with "{part}" gives "{part}": what begins with a slash discards everything before it. Remove the slash.',
  },
  fixes: { removeSlash: { safety: "safe", title: 'Write "{relative}"' } },
  doc,

  check({ file, report }) {
    const imported = importedAs(file.ast);
    for (const node of joins(file.ast))
      for (const part of joinedParts(node, imported)) {
        if (part.kind !== "Str") continue;
        const relative = part.value.replace(/^\/+/, "");
        report({
          message: "discards",
          values: { part: part.value, relative },
          at: siteOf(file.path, part),
          fixes: [
            { id: "removeSlash", edit: (edit) => edit.replace(file.path, part, edit.quote(file.path, relative)) },
          ],
        });
      }
  },
});

/** A text that begins with a slash and names something below it. */
function isAbsolute(part: Expr): boolean {
  return part.kind === "Str" && /^\/+[^/]/.test(part.value) && !SYSTEM.test(part.value);
}

/** Calls and divisions with such a text among their parts. */
const joins = inStatements((statement) => {
  const found: (Call | BinOp)[] = [];
  walk([statement], (node) => {
    if (node.kind === "Call" && node.args.some(isAbsolute)) found.push(node);
    if (node.kind === "BinOp" && node.op === "/" && isAbsolute(node.right)) found.push(node);
  });
  return found;
});

/** Files of the machine: the path that comes out is the one that is meant, in a roundabout way. */
const SYSTEM = /^\/(?:etc|usr|var|tmp|opt|srv|run|proc|dev|mnt|home|root|bin|lib|sys)\/./;

/** The parts that are added to a path: all arguments of `os.path.join` but the first, and what stands behind `/`. */
function joinedParts(expression: Call | BinOp, imported: ReadonlyMap<string, string>): readonly Expr[] {
  if (expression.kind === "Call") {
    const callee = originOf(dottedName(expression.func) ?? "", imported);
    const first = expression.args[0];
    // `join("/", "etc")` and the like name the root on purpose.
    const isJoin = callee === "os.path.join" && first !== undefined && isFolder(first);
    return isJoin ? expression.args.slice(1).filter(isAbsolute) : [];
  }
  return isFolder(expression.left) ? [expression.right] : [];
}

/** A name or call that gives a folder: `BASE_DIR`, `Path(__file__).parent`, `BASE_DIR / "static"`. */
function isFolder(expression: Expr): boolean {
  if (expression.kind === "BinOp") return expression.op === "/" && isFolder(expression.left);
  const name = dottedName(expression.kind === "Call" ? expression.func : expression);
  return name !== undefined && /(?:DIR|ROOT|PATH|HOME|BASE|FOLDER|dirname|parent|path|root)$/.test(name);
}
