import { walk } from "../../lint/edit/walk";
import { defineRule, siteOf } from "../../lint/rule";
import type { Expr } from "../../syntax/ast";
import { dottedName } from "../../syntax/dottedName";
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
    walk(file.ast.body, (node) => {
      for (const part of joinedParts(node, imported)) {
        if (part.kind !== "Str" || !/^\/+[^/]/.test(part.value)) continue;
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
    });
  },
});

/** The parts that are added to a path: all arguments of `os.path.join` but the first, and what stands behind `/`. */
function joinedParts(node: { readonly kind: string }, imported: ReadonlyMap<string, string>): readonly Expr[] {
  const expression = node as Expr;
  if (expression.kind === "Call") {
    const callee = originOf(dottedName(expression.func) ?? "", imported);
    const first = expression.args[0];
    // `join("/", "etc")` and the like name the root on purpose.
    return callee === "os.path.join" && first !== undefined && isFolder(first) ? expression.args.slice(1) : [];
  }
  return expression.kind === "BinOp" && expression.op === "/" && isFolder(expression.left) ? [expression.right] : [];
}

/** A name or call that gives a folder: `BASE_DIR`, `Path(__file__).parent`, `BASE_DIR / "static"`. */
function isFolder(expression: Expr): boolean {
  if (expression.kind === "BinOp") return expression.op === "/" && isFolder(expression.left);
  const name = dottedName(expression.kind === "Call" ? expression.func : expression);
  return name !== undefined && /(?:DIR|ROOT|PATH|HOME|BASE|FOLDER|dirname|parent|path|root)$/.test(name);
}
