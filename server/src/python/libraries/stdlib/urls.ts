/** The parts of a URL as `urllib.parse.urlsplit` gives them. */
export interface UrlParts {
  readonly scheme: string;
  /** User, password, host and port as written. */
  readonly netloc: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** In lower case; `undefined` where there is none. */
  readonly hostname: string | undefined;
  readonly port: number | undefined;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

const PARTS = /^([a-zA-Z][a-zA-Z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;

/** Splits a URL; `undefined` for forms that are left to Python: no scheme, IPv6, several hosts, unusual characters or ports. */
export function splitUrl(url: string): UrlParts | undefined {
  const found = PARTS.exec(url);
  if (found === null || /[^\u0021-\u007e]/.test(url)) return undefined;
  const netloc = found[2] ?? "";
  const at = netloc.lastIndexOf("@");
  const host = /^([^:]*)(?::(\d*))?$/.exec(netloc.slice(at + 1));
  if (host === null || /[[\]]/.test(netloc) || /[,%]/.test(netloc.slice(at + 1))) return undefined;
  const user = at < 0 ? undefined : netloc.slice(0, at);
  const colon = user?.indexOf(":") ?? -1;
  const port = host[2] === undefined || host[2] === "" ? undefined : Number(host[2]);
  if (port !== undefined && port > 65535) return undefined;
  return {
    scheme: (found[1] as string).toLowerCase(),
    netloc,
    username: colon < 0 ? user : user?.slice(0, colon),
    password: colon < 0 ? undefined : user?.slice(colon + 1),
    hostname: host[1] === undefined || host[1] === "" ? undefined : host[1].toLowerCase(),
    port,
    path: found[3] ?? "",
    query: found[4] ?? "",
    fragment: found[5] ?? "",
  };
}

/** `urllib.parse.unquote`; text that is not valid percent-encoded UTF-8 is left to Python. */
export function unquote(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replace(/%(?![0-9a-fA-F]{2})/g, "%25"));
  } catch {
    return undefined;
  }
}

/** `urllib.parse.parse_qs`: the texts of each name, in order; `undefined` where one of them is left to Python. */
export function parseQuery(query: string): ReadonlyMap<string, readonly string[]> | undefined {
  const result = new Map<string, string[]>();
  for (const pair of query === "" ? [] : query.split("&")) {
    const cut = pair.indexOf("=");
    if (cut < 0 || cut === pair.length - 1) continue;
    const [name, text] = [pair.slice(0, cut), pair.slice(cut + 1)].map((part) => unquote(part.replaceAll("+", " ")));
    if (name === undefined || text === undefined) return undefined;
    result.set(name, [...(result.get(name) ?? []), text]);
  }
  return result;
}
