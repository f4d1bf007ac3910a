import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { rewriteFix } from "../questions/fixes/settingFixes";
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
  },
  fixes: { rewrite: { safety: "safe", title: "Write {source}" } },
  doc,

  check(context) {
    const proof = context.setting(SETTING).judge((value) => faultOf(value) !== undefined);
    const fault = proof && faultOf(proof.value);
    if (proof === undefined || fault === undefined) return;
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
