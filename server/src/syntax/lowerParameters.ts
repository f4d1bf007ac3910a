import type { Expr, Parameter } from "./ast";
import { lowerAnnotation } from "./lowerAnnotations";
import { Unreadable } from "./lowering";
import type { Lowering } from "./lowering";
import { parts } from "./tree";
import type { TreeNode } from "./tree";

type ParameterKind = Parameter["parameterKind"];

/** The parameters of a function or lambda; `node` is its `parameters` or `lambda_parameters`, absent when there are none. */
export function lowerParameters(lowering: Lowering, node: TreeNode | undefined): Parameter[] {
  const parameters: Parameter[] = [];
  let kind: ParameterKind = "positionalOrKeyword";
  for (const child of node ? parts(node) : []) {
    if (child.type === "keyword_separator") kind = "keywordOnly";
    else if (child.type === "positional_separator") {
      parameters.forEach((parameter, i) => (parameters[i] = { ...parameter, parameterKind: "positionalOnly" }));
    } else {
      const parameter = lowerParameter(lowering, child, kind);
      if (parameter.parameterKind === "varPositional") kind = "keywordOnly";
      parameters.push(parameter);
    }
  }
  return parameters;
}

function lowerParameter(lowering: Lowering, node: TreeNode, kind: ParameterKind): Parameter {
  const children = node.type === "identifier" ? [node] : parts(node);
  const isStarred = node.type === "list_splat_pattern" || node.type === "dictionary_splat_pattern";
  const target = isStarred ? node : children[0];
  if (!target) throw new Unreadable(lowering.range(node), "a parameter needs a name");
  let annotation: Expr | undefined;
  let value: Expr | undefined;
  for (const child of isStarred ? [] : children.slice(1)) {
    if (child.type === "type") annotation = lowerAnnotation(lowering, child);
    else value = lowering.expression(child);
  }
  return { ...nameAndKind(lowering, target, kind), default: value, annotation, ...lowering.range(node) };
}

function nameAndKind(
  lowering: Lowering,
  target: TreeNode,
  kind: ParameterKind,
): Pick<Parameter, "name" | "parameterKind"> {
  if (target.type === "identifier") return { name: lowering.identifier(target), parameterKind: kind };
  const name = parts(target)[0];
  if (name?.type === "identifier") {
    if (target.type === "list_splat_pattern")
      return { name: lowering.identifier(name), parameterKind: "varPositional" };
    if (target.type === "dictionary_splat_pattern")
      return { name: lowering.identifier(name), parameterKind: "varKeyword" };
  }
  throw new Unreadable(lowering.range(target), "a parameter must be a name");
}
