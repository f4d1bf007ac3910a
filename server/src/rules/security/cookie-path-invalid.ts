import { defineRule, type RuleContext } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { textOf } from "../questions/dicts/dicts";
import doc from "./cookie-path-invalid.md";

const COOKIES = ["SESSION", "CSRF", "LANGUAGE"];

/** What Python's `http.cookies` takes for a cookie's name. */
const NAME = /^[\w!#$%&'*+\-.^`|~:]+$/;

export const cookiePathInvalid = defineRule({
  id: "cookie-path-invalid",
  category: "security",
  severity: "error",
  audience: "entry",
  aboutRequests: true,
  messages: {
    name: '{setting} is "{value}" in {module}: Python raises CookieError for {fault} in the name of a cookie, so that each response that sets it is a server error. Use letters, digits, hyphens and underscores.',
    attributes:
      "{setting} has more than a value in {module}: what stands behind the semicolon is sent as further attributes of the cookie, beside those that Django sets itself. Use the settings {cookie}_COOKIE_SECURE, _HTTPONLY and _SAMESITE.",
    domain:
      '{setting} is "{value}" in {module}: browsers drop the cookie, because no domain has {fault}. Write one host.',
  },
  doc,

  check(context) {
    for (const cookie of COOKIES) {
      report(context, `${cookie}_COOKIE_NAME`, (text) => (NAME.test(text) || text === "" ? undefined : "name"));
      report(context, `${cookie}_COOKIE_PATH`, (text) => (hasAttributes(context, text) ? "attributes" : undefined));
      report(context, `${cookie}_COOKIE_DOMAIN`, (text) =>
        hasAttributes(context, text) ? "attributes" : /[;,\s]/.test(text) ? "domain" : undefined,
      );
    }
  },
});

type Message = "name" | "attributes" | "domain";
type Context = RuleContext<Message>;

function report(context: Context, name: string, faultOf: (text: string) => Message | undefined): void {
  const messageFor = (value: Value): Message | undefined => {
    const text = textOf(value);
    return text === undefined ? undefined : faultOf(text);
  };
  const proof = context.setting(name).judge((value) => messageFor(value) !== undefined);
  const message = proof && messageFor(proof.value);
  if (proof === undefined || message === undefined) return;
  const text = textOf(proof.value) ?? "";
  context.report({
    message,
    values: { value: text, cookie: name.split("_")[0] ?? "", fault: faultIn(text) },
    proof,
    // It works, if by accident.
    severity: message === "attributes" ? "warning" : undefined,
  });
}

/** Before 3.1 there was no other way to send SameSite=None. */
function hasAttributes({ djangoAtLeast }: Context, text: string): boolean {
  return text.includes(";") && !(/samesite/i.test(text) && djangoAtLeast(3, 1) !== true);
}

function faultIn(text: string): string {
  if (/\s/.test(text)) return "a blank";
  const [character] = /[^\w!#$%&'*+\-.^`|~:]/.exec(text) ?? [];
  return character === undefined ? "such a character" : `"${character}"`;
}
