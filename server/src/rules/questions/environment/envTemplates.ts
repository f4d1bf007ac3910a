import { baseName, type FilePath } from "../../../base/path";
import type { RuleContext } from "../../../lint/rule";
import { siteOf } from "../../../lint/rule";
import type { Site } from "../../../python/values/value";

const TEMPLATE =
  /^(?:\.?env[._-](?:[a-z]+[._-])?(?:examples?|sample|template|tmpl|dist|defaults?)|\.?(?:example|sample|template)\.env|\.?[a-z]+\.(?:example|sample|template)\.env)$/i;

/** The templates that people copy to an env file and fill in. */
export function envTemplates({ snapshot }: Pick<RuleContext, "snapshot">): readonly FilePath[] {
  return [...snapshot.listing.files].filter((path) => TEMPLATE.test(baseName(path)));
}

/** A line of a template that gives a variable a value. */
export interface TemplateLine {
  /** Without quotes, and without a remark behind it. */
  readonly value: string;
  readonly site: Site;
}

/** The first line of a template that gives a variable a value. */
export function lineInTemplate({ snapshot }: RuleContext, file: FilePath, variable: string): TemplateLine | undefined {
  if (!/^\w+$/.test(variable)) return undefined;
  const line = new RegExp(String.raw`^[ \t]*(?:export[ \t]+)?${variable}[ \t]*=(.*)$`, "m");
  const found = line.exec(snapshot.text(file) ?? "");
  if (found === null) return undefined;
  const { index, 0: whole, 1: written = "" } = found;
  const value = /^[ \t]*(?:"([^"]*)"|'([^']*)'|([^\s#]*))/.exec(written);
  return {
    value: value?.[1] ?? value?.[2] ?? value?.[3] ?? "",
    site: siteOf(file, { start: index, end: index + whole.trimEnd().length }),
  };
}
