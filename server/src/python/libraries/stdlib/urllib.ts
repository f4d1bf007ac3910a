import { operation } from "../../semantics/operations";
import { table } from "../../../base/table";
import { argument, type CallContext, type KnownCall, type Model } from "../../program/call";
import { equals } from "../../semantics/operators";
import { pure } from "../../program/pure";
import { PythonRaise } from "../../values/raise";
import { freshId, int, NONE, plainItem, str, unknown, type Item, type Value } from "../../values/value";
import { splitUrl, unquote, type UrlParts } from "./urls";

/** `urllib.parse` (Python docs): a URL taken apart, and texts quoted for one. */
export const URL_PARSE_CALLS: Readonly<Record<string, KnownCall>> = table({
  "urllib.parse.urlparse": (call) => parsed(call, true),
  "urllib.parse.urlsplit": (call) => parsed(call, false),
  "urllib.parse.urljoin": joined,
  "urllib.parse.quote": (call) => quoted(call, "/", false),
  "urllib.parse.quote_plus": (call) => quoted(call, "", true),
  "urllib.parse.unquote": (call) => unquoted(call, false),
  "urllib.parse.unquote_plus": (call) => unquoted(call, true),
});

/** Parts of a result in the order of its items. */
const ITEMS = ["scheme", "netloc", "path", "params", "query", "fragment"];

function parsed(call: CallContext, hasParams: boolean): Value | undefined {
  const url = argument(call.args, 0, "url", "urlstring");
  if (url === undefined || call.args.open || call.args.positional.length > 1 || call.args.keywords.size > 0)
    return undefined;
  const names = hasParams ? ITEMS : ITEMS.filter((name) => name !== "params");
  const part = (name: string, inner: CallContext): Value => partIn(url, name, hasParams, inner);
  const model: Model = {
    isTrue: true,
    key: `${freshId()}`,
    attribute: (name, inner) => attributeOf(url, name, hasParams, inner),
    subscript: (key, inner) => {
      const at = names.findIndex((_, index) => equals(key, int(index)) === true);
      return at < 0 ? undefined : part(names[at] as string, inner);
    },
    method: (name, inner) =>
      name === "geturl" && inner.args.positional.length === 0 ? wholeUrl(url, inner) : undefined,
    items: (m, state) => {
      const context: CallContext = { ...call, machine: m, state };
      return names.map((name): Item => plainItem(part(name, context)));
    },
  };
  return { kind: "model", name: "urllib.parse.ParseResult", model };
}

const ATTRIBUTES = new Set([...ITEMS, "hostname", "port", "username", "password"]);

/** What `urlparse(url).name` gives; `undefined` for an attribute that is not modelled. */
export function urlPart(url: Value, name: string, call: CallContext): Value | undefined {
  return attributeOf(url, name, true, call);
}

function attributeOf(url: Value, name: string, hasParams: boolean, call: CallContext): Value | undefined {
  return ATTRIBUTES.has(name) && (hasParams || name !== "params") ? partIn(url, name, hasParams, call) : undefined;
}

function partIn(url: Value, name: string, hasParams: boolean, { machine, state, site }: CallContext): Value {
  return pure(
    machine,
    state,
    operation(`URL ${name}`, "plain"),
    [url],
    ([text]) => partOf(text as Value, name, hasParams),
    { site },
  );
}

const NOT_MODELLED = (): Value => unknown("unsupported", "a URL of this form");

function partOf(url: Value, name: string, hasParams: boolean): Value {
  const parts = url.kind === "str" ? splitAny(url.value) : undefined;
  if (parts === undefined) return NOT_MODELLED();
  const [path, params] = hasParams && PARAMETER_SCHEMES.test(parts.scheme) ? withParams(parts.path) : [parts.path, ""];
  if (name === "params") return str(params);
  if (name === "path") return str(path);
  const part = parts[name as keyof UrlParts];
  return part === undefined ? NONE : typeof part === "number" ? int(part) : str(part);
}

const PARAMETER_SCHEMES = /^(|ftp|hdl|prospero|https?|shttp|rtsps?|rtspu|sips?|mms|sftp|tel)$/;

/** What follows a semicolon in the last part of a path. */
function withParams(path: string): readonly [string, string] {
  const at = path.indexOf(";", path.lastIndexOf("/") + 1);
  return at < 0 ? [path, ""] : [path.slice(0, at), path.slice(at + 1)];
}

/** Also what has no scheme: `example.com/shop`, `//example.com`. */
function splitAny(url: string): UrlParts | undefined {
  if (/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(url)) return splitUrl(url);
  const parts = splitUrl(`x:${url}`);
  return parts === undefined ? undefined : { ...parts, scheme: "" };
}

/** `urljoin(base, url)`. */
function joined(call: CallContext): Value | undefined {
  const [base, url, ...rest] = call.args.positional;
  if (base === undefined || url === undefined || rest.length > 0 || call.args.keywords.size > 0 || call.args.open)
    return undefined;
  const compute = ([from, to]: readonly Value[]): Value =>
    from?.kind === "str" && to?.kind === "str" ? joinUrls(from.value, to.value) : NOT_MODELLED();
  return pure(call.machine, call.state, "urljoin", [base, url], compute, { site: call.site });
}

/** A plain URL of a site and a plain path below it or from its top; what has dots, questions or fragments is left to Python. */
function joinUrls(base: string, url: string): Value {
  if (url === "") return str(base);
  const site = /^(https?:\/\/[\w.:@-]+)((?:\/[\w@~-][\w.@~-]*)*\/?)$/.exec(base);
  if (site === null || !/^\/?(?:[\w@~-][\w.@~-]*\/)*(?:[\w@~-][\w.@~-]*)?$/.test(url)) return NOT_MODELLED();
  const [, origin = "", path = ""] = site;
  if (url.startsWith("/")) return str(origin + url);
  return str(`${origin}${path.slice(0, path.lastIndexOf("/") + 1) || "/"}${url}`);
}

/** The URL again, where nothing in it is lost on the way. */
export function wholeUrl(url: Value, { machine, state, site }: CallContext): Value {
  const compute = ([text]: readonly Value[]): Value =>
    text?.kind === "str" && /^[a-z][a-z0-9+.-]*:\/\/[^/?#;]+(\/[^?#;]*)?(\?[^#;]+)?(#.+)?$/.test(text.value)
      ? text
      : NOT_MODELLED();
  return pure(machine, state, operation("URL geturl", "plain"), [url], compute, { site });
}

/** `quote(text, safe)`: everything but letters, digits, `_.-~` and the safe characters is written in hexadecimal. */
function quoted(call: CallContext, usual: string, isPlus: boolean): Value | undefined {
  const text = argument(call.args, 0, "string");
  const safe = argument(call.args, 1, "safe") ?? str(usual);
  if (text === undefined || safe.kind !== "str" || call.args.open || call.args.positional.length > 2) return undefined;
  const kept = safe.value;
  const compute = ([given]: readonly Value[]): Value => {
    if (given?.kind !== "str") throw new PythonRaise("TypeError");
    return str(quote(given.value, isPlus ? `${kept} ` : kept, isPlus));
  };
  return pure(call.machine, call.state, `quote ${isPlus} ${kept}`, [text], compute, { site: call.site });
}

function quote(text: string, safe: string, isPlus: boolean): string {
  return [...text]
    .map((character) => {
      if (isPlus && character === " ") return "+";
      if (/[A-Za-z0-9_.~-]/.test(character) || (safe.includes(character) && /[\u0000-\u007f]/.test(character)))
        return character;
      return encodeURIComponent(character).replace(
        /^[!'()*]$/,
        (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
      );
    })
    .join("");
}

function unquoted(call: CallContext, isPlus: boolean): Value | undefined {
  const [text, ...rest] = call.args.positional;
  if (text === undefined || rest.length > 0 || call.args.keywords.size > 0 || call.args.open) return undefined;
  const compute = ([given]: readonly Value[]): Value => {
    if (given?.kind !== "str") return NOT_MODELLED();
    const plain = unquote(isPlus ? given.value.replaceAll("+", " ") : given.value);
    return plain === undefined ? NOT_MODELLED() : str(plain);
  };
  return pure(call.machine, call.state, isPlus ? "unquote_plus" : "unquote", [text], compute, { site: call.site });
}
