import { isTruthy } from "../../lint/effective";
import { defineRule, type ContextOf } from "../../lint/rule";
import { servesProduction } from "../../lint/settingsModules";
import type { Value } from "../../python/values/value";
import { textOf } from "../questions/dicts/dicts";
import { rewriteFix } from "../questions/fixes/settingFixes";
import { lostScheme } from "../questions/https/lostScheme";
import doc from "./proxy-ssl-header-invalid.md";

const SETTING = "SECURE_PROXY_SSL_HEADER";

export const proxySslHeaderInvalid = defineRule({
  id: "proxy-ssl-header-invalid",
  category: "security",
  severity: "error",
  audience: "entry",
  messages: {
    shape:
      'SECURE_PROXY_SSL_HEADER must be a tuple of two strings: Django raises ImproperlyConfigured at the first request. Write ("HTTP_X_FORWARDED_PROTO", "https").',
    name: 'SECURE_PROXY_SSL_HEADER names an unknown header, "{name}": request.META never has it, so Django takes every request for plain HTTP. Write "{wanted}", as META spells headers.',
    blank:
      "SECURE_PROXY_SSL_HEADER has blanks around a string: it is compared as it is, so Django takes every request for plain HTTP. Remove them.",
    overwritten:
      "SECURE_PROXY_SSL_HEADER never says https in {module}: nginx answers plain HTTP alone, and puts that into X-Forwarded-Proto, whatever a proxy in front of it has said. {harm} Hand $http_x_forwarded_proto on where such a proxy ends HTTPS.",
  },
  fixes: { rewrite: { safety: "safe", title: "Write {source}" } },
  doc,

  check(context) {
    const proof = context.setting(SETTING).judge((value) => faultOf(value) !== undefined);
    const fault = proof && faultOf(proof.value);
    if (proof === undefined || fault === undefined) return reportOverwritten(context);
    const { message, name, wanted, expected } = fault;
    const source = wanted === undefined ? undefined : `("${wanted}", "${expected ?? "https"}")`;
    const fix = source && rewriteFix(context, "rewrite", proof, source, ["Tuple", "List"]);
    context.report({
      message,
      values: { name: name ?? "", wanted: wanted ?? "", source: source ?? "" },
      proof,
      fixes: [fix === "" ? undefined : fix],
    });
  },
});

/** What stands between is to be seen in the repository, and who stands in front of it is not. */
function reportOverwritten(context: ContextOf<typeof proxySslHeaderInvalid>): void {
  const { role, isSite } = context.module;
  if (!servesProduction(role) || !isSite) return;
  const proof = context
    .setting(SETTING)
    .mustBe((value) => "items" in value && textOf(value.items[0]?.value) === "HTTP_X_FORWARDED_PROTO");
  const place = proof && lostScheme(context);
  if (proof === undefined || place === undefined) return;
  const redirects = context.setting("SECURE_SSL_REDIRECT").certainly(isTruthy);
  context.report({
    message: "overwritten",
    values: {
      harm: redirects
        ? "The redirect to HTTPS never ends."
        : "Django takes each request for plain HTTP: it never sends HSTS, and absolute links begin with http.",
    },
    proof,
    chain: [{ site: place, text: "X-Forwarded-Proto is overwritten here." }],
    severity: redirects ? "warning" : "info",
  });
}

interface Fault {
  readonly message: "shape" | "name" | "blank";
  readonly name?: string;
  readonly wanted?: string;
  readonly expected?: string;
}

/** As django/http/request.py reads it: a pair, whose first part is looked up in `request.META`. */
function faultOf(value: Value): Fault | undefined {
  if (value.kind === "str" && value.value !== "") return { message: "shape" };
  if (value.kind !== "tuple" && value.kind !== "list") return undefined;
  if (value.items.some(({ spread }) => spread) || value.items.length === 0) return undefined;
  if (value.items.length !== 2) return { message: "shape" };
  const [name, expected] = value.items.map((item) => (item.value.kind === "str" ? item.value.value : undefined));
  if (name === undefined || expected === undefined) return undefined;
  const wanted = metaName(name);
  if (name.trim() !== name || expected.trim() !== expected)
    return { message: "blank", wanted, expected: expected.trim() };
  return wanted === name ? undefined : { message: "name", name, wanted, expected };
}

/** How WSGI and Django's ASGI handler spell a header in META (PEP 3333). */
function metaName(name: string): string {
  const spelt = name.trim().toUpperCase().replaceAll("-", "_");
  return spelt.startsWith("HTTP_") || !/^(?:X_|FORWARDED|CLOUDFRONT|CF_|FRONT_END)/.test(spelt)
    ? spelt
    : `HTTP_${spelt}`;
}
