import { isTimeZone, timeZoneNames } from "../../django/timeZones";
import { defineRule, type ContextOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { mostSimilar } from "../../lint/similar";
import type { Value } from "../../python/values/value";
import { describePath, judgedLeaf, leavesOf, type JudgedLeaf, type Leaf } from "../questions/dicts/leaves";
import { replaceTextFix, rewriteFix } from "../questions/fixes/settingFixes";
import doc from "./time-zone-invalid.md";

type Context = ContextOf<typeof timeZoneInvalid>;

export const timeZoneInvalid = defineRule({
  id: "time-zone-invalid",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    start:
      "TIME_ZONE = {zone} is not a valid IANA time zone: Django raises ValueError when it starts. Use a name of the IANA database, such as Europe/Berlin or UTC.",
    connection:
      "{label} = {zone} is not a valid IANA time zone: queries with dates fail on that connection. Use a name of the IANA database, such as Europe/Berlin or UTC.",
    none: "TIME_ZONE is None, which Django takes for a name since 1.11: whatever asks for the default time zone fails. Name one, such as UTC.",
  },
  fixes: { replace: { safety: "unsafe", title: "Use {zone}" } },
  doc,

  check(context) {
    for (const name of ["TIME_ZONE", "DATABASES"]) {
      const wrongZones = (value: Value): readonly JudgedLeaf[] =>
        zonesIn(name, value)
          .filter((leaf) => isWrong(context, leaf))
          .map(judgedLeaf);
      for (const { part, proof } of context.setting(name).judgeParts(wrongZones))
        if (proof.origin !== undefined) report(context, part, proof);
    }
  },
});

function zonesIn(name: string, value: Value): readonly Leaf[] {
  const length = name === "TIME_ZONE" ? 1 : 3;
  return leavesOf(name, value).filter(({ path }) => path.length === length && path.at(-1) === "TIME_ZONE");
}

function isWrong(context: Context, { path, value }: Leaf): boolean {
  // For a connection, None says that it has the default.
  if (value.kind === "none") return path.length === 1 && context.djangoAtLeast(1, 11) === true;
  return value.kind === "str" && value.value !== "" && !isTimeZone(value.value);
}

function report(context: Context, { value, path, site }: Leaf, proof: Proof): void {
  const zone = value.kind === "str" ? value.value : undefined;
  const wanted = zone === undefined ? "UTC" : nearestZone(zone);
  const fix =
    path.length === 1
      ? rewriteFix(context, "replace", proof, { text: wanted }, zone === undefined ? ["Constant"] : ["Str"])
      : replaceTextFix(context, "replace", site, wanted);
  context.report({
    message: zone === undefined ? "none" : path.length === 1 ? "start" : "connection",
    values: { zone: JSON.stringify(zone ?? ""), label: describePath({ value, path, site }) },
    proof,
    at: site,
    severity: zone === undefined ? "warning" : "error",
    fixes: [fix && { ...fix, values: { zone: wanted ?? "" } }],
  });
}

/**
 * The zone that was probably meant: written in another case, without its continent, or with a slip. None for offsets:
 * `GMT+2` may mean either side of Greenwich.
 */
function nearestZone(text: string): string | undefined {
  if (/\d/.test(text)) return undefined;
  const wanted = text.trim().toLowerCase().replaceAll(" ", "_");
  const zones = timeZoneNames();
  return (
    zones.find((zone) => zone.toLowerCase() === wanted) ??
    zones.find((zone) => zone.includes("/") && zone.toLowerCase().endsWith(`/${wanted}`)) ??
    (text.includes("/") ? mostSimilar(wanted.replaceAll("_", "-"), zones) : undefined)
  );
}
