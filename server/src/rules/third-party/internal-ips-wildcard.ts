import { servesProduction } from "../../lint/settingsModules";
import { defineRule, type ContextOf } from "../../lint/rule";
import type { Expr } from "../../syntax/ast";
import { assignedBy, provenanceOf } from "../questions/assignments/assigned";
import { replaceTextFix } from "../questions/fixes/settingFixes";
import { allEntries, entrySite, knownEntries } from "../questions/lists/entries";
import doc from "./internal-ips-wildcard.md";

type Context = ContextOf<typeof internalIpsWildcard>;

export const internalIpsWildcard = defineRule({
  id: "internal-ips-wildcard",
  category: "third-party",
  severity: "warning",
  audience: "entry",
  aboutRequests: true,
  messages: {
    never:
      'INTERNAL_IPS has "{entry}", which never matches: Django compares the address of the client with each item as a string. List IP addresses.',
    everyone:
      "INTERNAL_IPS matches every address in {module}, which runs in {environment}: every visitor counts as a developer. List IP addresses.",
  },
  fixes: { local: { safety: "unsafe", title: 'Write "127.0.0.1"' } },
  doc,

  check(context) {
    reportNever(context);
    // Developers have good reasons: their containers' addresses change.
    if (servesProduction(context.module.role)) reportEveryone(context);
  },
});

function reportNever(context: Context): void {
  const proof = context
    .setting("INTERNAL_IPS")
    .mustBe((value) => knownEntries(value).some(({ text }) => neverMatches(text)));
  if (proof === undefined) return;
  const entries = knownEntries(proof.value);
  const isUseless = allEntries(proof.value)?.every(({ text }) => neverMatches(text)) === true;
  // Beside addresses that match they do no harm: one word on all of them is enough.
  const told = entries.filter(({ text }) => neverMatches(text)).slice(0, isUseless ? undefined : 1);
  for (const entry of told) {
    context.report({
      message: "never",
      values: { entry: entry.text },
      proof,
      at: entrySite(proof, entry),
      severity: isUseless ? undefined : "info",
      fixes: [isUseless ? replaceTextFix(context, "local", entry.item.site, "127.0.0.1") : undefined],
    });
  }
}

/** No address that a client can have: a pattern, a network, a name, an address with a port. An empty text is one, behind a Unix socket. */
function neverMatches(text: string): boolean {
  if (text === "" || text === "0.0.0.0") return text !== "";
  return !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && !/^(?=.*:.*:)[\da-f:.]+(?:%\w+)?$/i.test(text);
}

/** An object made on the spot whose `__contains__` always says yes. */
function reportEveryone(context: Context): void {
  const proof = provenanceOf(context, "INTERNAL_IPS");
  const expression = proof && assignedBy(context, proof.outcome)?.expression;
  if (proof !== undefined && expression !== undefined && containsAll(expression))
    context.report({ message: "everyone", proof });
}

/** `type("All", (), {"__contains__": lambda *a: True})()` */
function containsAll(expression: Expr): boolean {
  const made = expression.kind === "Call" ? expression.func : undefined;
  if (made?.kind !== "Call" || made.func.kind !== "Name" || made.func.id !== "type") return false;
  const [, , members] = made.args;
  if (members?.kind !== "Dict") return false;
  return members.items.some(
    ({ key, value }) =>
      key?.kind === "Str" &&
      key.value === "__contains__" &&
      value.kind === "Lambda" &&
      value.body.kind === "Constant" &&
      value.body.value === true,
  );
}
