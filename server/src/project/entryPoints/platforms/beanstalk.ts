import { nodeAt, textOf, type TreeNode } from "../../../documents/tree";
import { scanPlatform } from "../manifest";
import type { EntryFile, Place, ScanBuilder, ScanResult } from "../scan";
import { applicationIn } from "../startCommand";

/**
 * Reads .ebextensions/*.config (https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options.html): variables in the
 * namespace `aws:elasticbeanstalk:application:environment`, the application as `WSGIPath`; as maps, or as a list of options.
 */
export function scanBeanstalk(file: EntryFile): ScanResult {
  return scanPlatform(file, (builder) => (path, value, place) => {
    if (path.length <= 1) return path.length === 0 || path[0] === "option_settings" ? place : undefined;
    if (path[1] === "[]") option(value, builder, place);
    else if (path.length === 3) set(path[1] ?? "", path[2] ?? "", value, builder, place);
    return path.length === 2 && path[1] !== "[]" ? place : undefined;
  });
}

function option(item: TreeNode, builder: ScanBuilder, place: Place): void {
  const name = textOf(nodeAt(item, "option_name"));
  const value = nodeAt(item, "value");
  const namespace = textOf(nodeAt(item, "namespace")) ?? ENVIRONMENT;
  if (name !== undefined && value !== undefined) set(namespace, name, value, builder, place);
}

const ENVIRONMENT = "aws:elasticbeanstalk:application:environment";

function set(namespace: string, name: string, value: TreeNode, builder: ScanBuilder, place: Place): void {
  if (value.kind !== "scalar") return;
  if (namespace === ENVIRONMENT && /^[A-Za-z_]\w*$/.test(name))
    builder.variable(name, value.value === null ? undefined : String(value.value), value.range, place);
  const application = name === "WSGIPath" ? applicationIn(String(value.value)) : undefined;
  if (application === undefined) return;
  builder.start({ serves: "wsgi", application, reloads: false }, value.range, place);
}
