import { isTimeZone, timeZoneNames } from "../../django/timeZones";
import { chainOf } from "../../lint/chain";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { mostSimilar } from "../../lint/similar";
import type { Site, Value } from "../../python/value";
import { assignedBy, proofOf } from "../questions/assigned";
import { expressionAt } from "../questions/dicts";
import { describePath, leavesOf, type Leaf } from "../questions/leaves";
import doc from "./time-zone-invalid.md";

type Messages = "start" | "connection" | "none";
type Context = RuleContext<Messages, "replace">;

export const timeZoneInvalid = defineRule<Messages, "replace">({
  id: "time-zone-invalid",
  category: "correctness",
  severity: "error",
  audience: "entry",
  djangoChecks: [],
  messages: {
    start:
      "There is no time zone {zone}, which TIME_ZONE names: Django raises ValueError when it starts. Use a name of the IANA database, such as Europe/Berlin or UTC.",
    connection:
      "There is no time zone {zone}, which {label} names: queries with dates fail on that connection. Use a name of the IANA database, such as Europe/Berlin or UTC.",
    none: "TIME_ZONE is None, which Django takes for a name since 1.11: whatever asks for the default time zone fails. Name one, such as UTC.",
  },
  fixes: { replace: { safety: "unsafe", title: "Use {zone}" } },
  onByDefault: true,
  doc,

  check(context) {
    for (const name of ["TIME_ZONE", "DATABASES"]) checkSetting(context, name);
  },
});

function checkSetting(context: Context, name: string): void {
  const setting = context.setting(name);
  const seen = new Set<number>();
  for (const outcome of setting.outcomes) {
    const proof = outcome.value.kind === "unset" ? undefined : proofOf(setting, outcome);
    if (proof === undefined) continue;
    for (const leaf of zonesIn(name, outcome.value)) {
      const site = leaf.site ?? proof.site;
      if (seen.has(site.range.start) || !isWrong(context, leaf)) continue;
      seen.add(site.range.start);
      report(context, leaf, proof, site);
    }
  }
}

function zonesIn(name: string, value: Value): readonly Leaf[] {
  const length = name === "TIME_ZONE" ? 1 : 3;
  return leavesOf(name, value).filter(({ path }) => path.length === length && path.at(-1) === "TIME_ZONE");
}

function isWrong(context: Context, { path, value }: Leaf): boolean {
  // For a connection, None says that it has the default.
  if (value.kind === "none") return path.length === 1 && context.djangoAtLeast(1, 11) === true;
  return value.kind === "str" && value.value !== "" && !isTimeZone(value.value);
}

function report(context: Context, leaf: Leaf, proof: Proof, site: Site): void {
  const { value, path } = leaf;
  const zone = value.kind === "str" ? value.value : undefined;
  const isNone = zone === undefined;
  context.report({
    message: isNone ? "none" : path.length === 1 ? "start" : "connection",
    values: { zone: JSON.stringify(zone ?? ""), label: describePath(leaf) },
    at: site,
    setting: path[0] ?? "",
    severity: isNone ? "warning" : "error",
    chain: chainOf(context, path[0] ?? "", proof),
    fixes: replace(context, leaf, proof, isNone ? "UTC" : nearestZone(zone)),
  });
}

function replace(
  context: Context,
  { path, site, value }: Leaf,
  proof: Proof,
  zone: string | undefined,
): readonly ReportedFix<"replace">[] {
  const assigned = path.length === 1 ? assignedBy(context, proof.outcome) : undefined;
  const node = path.length === 1 ? assigned?.expression : expressionAt(context, site);
  const file = assigned?.file ?? site?.file;
  const isWritten = node?.kind === "Str" || (node?.kind === "Constant" && value.kind === "none");
  if (zone === undefined || node === undefined || file === undefined || !isWritten) return [];
  return [{ id: "replace", values: { zone }, edit: (edit) => edit.replace(file, node, edit.quote(file, zone)) }];
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
