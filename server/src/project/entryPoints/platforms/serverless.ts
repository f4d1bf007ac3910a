import { nodeAt, textOf, type TreeNode } from "../../../documents/tree";
import { scanPlatform, servicePlace } from "../manifest";
import type { EntryFile, Place, ScanBuilder, ScanResult } from "../scan";

/**
 * Reads serverless.yml (https://www.serverless.com/framework/docs/providers/aws/guide/serverless.yml): the provider's variables are
 * those of all functions. The application is named for the plugin serverless-wsgi, or by a handler such as `shop.asgi.handler`.
 */
export function scanServerless(file: EntryFile): ScanResult {
  return scanPlatform(file, (builder) => (path, value, place) => {
    const dotted = path.join(".");
    if (dotted === "custom.wsgi.app") serve(value, builder, place);
    if (path[0] !== "functions" || path.length < 2) return place;
    const service = path.length === 2 ? servicePlace(place, path[1]) : place;
    if (path.at(-1) === "handler" && /\b[aw]sgi\b/.test(textOf(value) ?? "")) serve(value, builder, service);
    return service;
  });
}

/** `shop.wsgi.application` is the object; the module is what stands before it. */
function serve(value: TreeNode, builder: ScanBuilder, place: Place): void {
  const object = textOf(value) ?? "";
  const application = object.replaceAll("/", ".").replace(/\.\w+$/, "");
  const serves = /\basgi\b/.test(object) ? "asgi" : "wsgi";
  if (nodeAt(value) !== undefined && /^[\w.]+$/.test(application))
    builder.start({ serves, application, reloads: false }, value.range, place);
}
