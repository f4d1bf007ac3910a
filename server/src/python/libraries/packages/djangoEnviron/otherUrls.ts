import { argument, type CallContext } from "../../../program/call";
import { freshId, str, unknown, type EnvironmentValue, type OpaqueValue, type Value } from "../../../values/value";
import { urlPart, wholeUrl } from "../../stdlib/urllib";
import { readVariable } from "../../variables";
import { isNotSet } from "./notSet";

const URL = "urllib.parse.urlparse";

/** What these methods make of a URL is not modelled, but told by the URL. */
export const URL_OBJECTS: readonly string[] = [
  URL,
  ...["channels", "channels_url", "search_url"].map((name) => `environ.Env.${name}`),
];

/** Methods whose URLs are read but not parsed: URLs as such, search engines, channels. */
export function readOther(call: CallContext, name: string, variable: string | undefined): Value {
  if (variable === undefined) return unknown("environment", `env.${name}()`, call.site);
  const given = argument(call.args, 1, "default");
  const callee = name === "url" ? URL : `environ.Env.${name}`;
  const parsed = (url: Value): OpaqueValue => {
    return { kind: "opaque", callee, args: [url], keywords: new Map(), id: freshId(), site: call.site };
  };
  const fallback = isNotSet(given) ? undefined : call.machine.freeze(call.state, given as Value);
  return readVariable(
    {
      variable,
      library: "django-environ",
      cast: name === "url" ? "url" : "other",
      fallback: fallback === undefined || fallback.kind === "none" ? fallback : parsed(fallback),
      convert: (text) => parsed(str(text)),
      missing: "ImproperlyConfigured",
    },
    call,
  );
}

/** `env.url("SITE").hostname`. */
export function urlAttribute(receiver: Value, name: string, call: CallContext): Value | undefined {
  const text = textBehind(receiver);
  return text === undefined ? undefined : urlPart(text, name, call);
}

/** `env.url("SITE").geturl()`. */
export function urlMethod(receiver: Value, name: string, call: CallContext): Value | undefined {
  const text = name === "geturl" && call.args.positional.length === 0 ? textBehind(receiver) : undefined;
  return text === undefined ? undefined : wholeUrl(text, call);
}

/** The text that `env.url` parses: the same read, left as it is. */
function textBehind(receiver: Value): EnvironmentValue | undefined {
  if (receiver.kind !== "environment" || receiver.cast !== "url" || receiver.library !== "django-environ")
    return undefined;
  const { fallback } = receiver;
  const raw = { ...receiver, cast: "str", convert: str } as const;
  if (fallback === undefined) return raw;
  const text = fallback.kind === "opaque" && fallback.callee === URL ? fallback.args[0] : undefined;
  return text?.kind === "str" ? { ...raw, fallback: text } : undefined;
}
