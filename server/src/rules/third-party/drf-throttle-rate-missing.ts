import { servesProduction } from "../../lint/settingsModules";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { placeLabel } from "../../lint/phrases";
import { findInCode, type CodeQuestion } from "../../project/codeIndex";
import type { Value } from "../../python/values/value";
import { usesPackage } from "../questions/apps/installedApps";
import { writtenDict } from "../questions/dicts/defaultEntry";
import { allKeys, entryAt, entryOf, keySite, textOf } from "../questions/dicts/dicts";
import { addKeysFix, dictAt } from "../questions/dicts/judgedKeys";
import { knownEntries } from "../questions/lists/entries";
import doc from "./drf-throttle-rate-missing.md";

type Context = ContextOf<typeof drfThrottleRateMissing>;

const CLASSES = "DEFAULT_THROTTLE_CLASSES";
const RATES = "DEFAULT_THROTTLE_RATES";
const MODULE = "rest_framework.throttling";

export const drfThrottleRateMissing = defineRule({
  id: "drf-throttle-rate-missing",
  category: "third-party",
  severity: "error",
  audience: "entry",
  aboutRequests: true,
  messages: {
    raises:
      'REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] has no "{scope}": {name} raises ImproperlyConfigured for every API request. Add a rate, for instance "{scope}": "{rate}".',
    unlimited:
      'REST_FRAMEWORK lists {name} without a rate for "{scope}": the default rate is None, so it never limits anything. Set DEFAULT_THROTTLE_RATES, for instance {"{scope}": "{rate}"}.',
    unlimitedView:
      'REST_FRAMEWORK has no throttle rate for "{scope}": {place} throttles a view with {name}, whose default rate is None, so it never limits anything. Set DEFAULT_THROTTLE_RATES, for instance {"{scope}": "{rate}"}.',
    invalid:
      'REST_FRAMEWORK has an invalid throttle rate for "{scope}": {name} raises an exception for every API request. Write a number, a slash and s, m, h or d in DEFAULT_THROTTLE_RATES, for instance "{rate}".',
    view: 'REST_FRAMEWORK has no throttle rate for "{scope}": it is the throttle_scope of a view, and ScopedRateThrottle raises ImproperlyConfigured for each of its requests. Add it to DEFAULT_THROTTLE_RATES.',
  },
  fixes: { add: { safety: "unsafe", title: 'Add the rate "{scope}": "{rate}"' } },
  doc,

  check(context) {
    if (!usesPackage(context, "djangorestframework", "rest_framework")) return;
    for (const [name, scope, rate] of THROTTLES) {
      const row = { name, scope };
      const proof = context.setting("REST_FRAMEWORK").judge((value) => faultOf(value, row) !== undefined);
      const fault = proof && faultOf(proof.value, row);
      // Development and tests often take the rates away on purpose.
      if (
        proof === undefined ||
        fault === undefined ||
        (fault === "unlimited" && !servesProduction(context.module.role))
      )
        continue;
      const { value } = proof;
      const entry = entryAt(value, RATES, scope) ?? entryAt(value, RATES) ?? entryAt(value, CLASSES);
      const source = [scope, (quote: (text: string) => string) => quote(rate)] as const;
      const whole = [RATES, (quote: (text: string) => string) => `{${quote(scope)}: ${quote(rate)}}`] as const;
      const rates = dictAt(context, entryAt(value, RATES)?.valueSite);
      context.report({
        message: fault,
        values: { name, scope, rate },
        proof,
        at: fault === "invalid" ? entry?.valueSite : entry && keySite(context, entry),
        severity: fault === "unlimited" ? "warning" : undefined,
        fixes: [
          fault === "raises" ? addKeysFix("add", rates, [source]) : undefined,
          fault === "unlimited" ? addKeysFix("add", writtenDict(context, proof), [whole]) : undefined,
        ],
      });
    }
    reportScopes(context);
    reportViews(context);
  },
});

/** REST framework's own throttle classes with their scope and an example of a rate. */
const THROTTLES = [
  ["AnonRateThrottle", "anon", "100/day"],
  ["UserRateThrottle", "user", "1000/day"],
] as const;

/** Views that throttle by themselves with REST framework's own classes, where no rates are set at all. */
function reportViews(context: Context): void {
  if (!servesProduction(context.module.role)) return;
  const lacksRates = (value: Value): boolean => value.kind === "unset" || entryOf(value, RATES) === "absent";
  const proof = context.setting("REST_FRAMEWORK").mustBe(lacksRates);
  if (proof === undefined || proof.overridable !== undefined) return;
  for (const [name, scope, rate] of THROTTLES) {
    // Where the settings list the class, too, that is what is reported.
    const site = lists(proof.value, name)
      ? undefined
      : findInCode(context.snapshot, context.project.root, viewWith(name));
    if (site === undefined) continue;
    const fix = addKeysFix("add", writtenDict(context, proof), [
      [RATES, (quote: (text: string) => string) => `{${quote(scope)}: ${quote(rate)}}`],
    ]);
    return context.report({
      message: "unlimitedView",
      values: { name, scope, rate, place: placeLabel(context, site) },
      proof,
      severity: "warning",
      chain: [{ site, text: `throttles with ${name}` }],
      fixes: [fix],
    });
  }
}

/** A view with that class; one of the same name that the project makes is not imported from REST framework. */
function viewWith(name: string): CodeQuestion {
  return {
    id: `views that throttle with ${name}`,
    files: /\.py$/,
    needs: new RegExp(`^from rest_framework\\.throttling import\\b[^#\\n\\r\\u2028\\u2029]*\\b${name}\\b`, "m"),
    pattern: new RegExp(`^[ \\t]+throttle_classes[ \\t]*=[ \\t]*[[(][^\\])#=]*\\b${name}\\b`, "m"),
  };
}

interface Throttle {
  readonly name: string;
  readonly scope: string;
}

/** What SimpleRateThrottle.get_rate and parse_rate make of the settings (rest_framework/throttling.py, 3.0 to 3.18). */
function faultOf(value: Value, { name, scope }: Throttle): "raises" | "unlimited" | "invalid" | undefined {
  if (!lists(value, name)) return undefined;
  const rates = entryOf(value, RATES);
  if (rates === undefined) return undefined;
  if (rates === "absent") return "unlimited";
  const rate = entryOf(rates.value, scope);
  if (rate === "absent") return "raises";
  const text = textOf(rate?.value);
  return text === undefined || /^\s*[-+]?\d[\d_]*\s*\/[smhd][^/]*$/.test(text) ? undefined : "invalid";
}

function lists(value: Value, name: string): boolean {
  const classes = entryAt(value, CLASSES)?.value;
  return classes !== undefined && knownEntries(classes).some(({ text }) => text === `${MODULE}.${name}`);
}

/** A view whose scope has no rate, where all rates are known and nothing but ScopedRateThrottle reads the attribute. */
function reportScopes(context: Context): void {
  const proof = context
    .setting("REST_FRAMEWORK")
    .mustBe((value) => lists(value, "ScopedRateThrottle") && allKeys(entryAt(value, RATES)?.value) !== undefined);
  const scopes = proof && allKeys(entryAt(proof.value, RATES)?.value);
  if (proof === undefined || scopes === undefined) return;
  const known = scopes.filter((scope) => /^[\w-]+$/.test(scope)).join("|");
  const site = findInCode(context.snapshot, context.project.root, {
    id: `throttle_scope other than ${known}`,
    files: /\.py$/,
    pattern: new RegExp(`^[ \\t]+throttle_scope[ \\t]*=[ \\t]*(["'])(?!(?:${known})\\1)[\\w-]+\\1`, "m"),
  });
  if (site === undefined) return;
  const written = context.snapshot.text(site.file)?.slice(site.range.start, site.range.end) ?? "";
  const scope = /["']([\w-]+)["']$/.exec(written)?.[1] ?? "";
  reportScope(context, proof, scope, siteOf(site.file, site.range));
}

function reportScope(context: Context, proof: Proof, scope: string, site: ReturnType<typeof siteOf>): void {
  const entry = entryAt(proof.value, RATES);
  context.report({
    message: "view",
    values: { scope },
    proof,
    at: entry && keySite(context, entry),
    severity: "warning",
    chain: [{ site, text: `has the scope "${scope}"` }],
  });
}
