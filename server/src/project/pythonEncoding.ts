/** The text of a Python file, or what keeps it from being read, as `encoding`: the declared one, empty without any. */
export type DecodedPython =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly encoding: string };

/** https://peps.python.org/pep-0263/; CPython looks at the first two lines only, at the second one behind a comment or blank line. */
const COOKIE = /^[ \t\f]*#[^\r\n]{0,500}?coding[:=][ \t]*([-\w.]+)/;
const LINE_END = /\r\n?|\n/;
const BLANK_OR_COMMENT = /^[ \t\f]*(?:#|$)/;
/** The two lines are looked for in so many bytes at the beginning. */
const HEAD_LENGTH = 2000;

/** The encoding that a Python text declares for its file, as written; `undefined` when it declares UTF-8, or none. */
export function declaredEncoding(text: string): string | undefined {
  const [first = "", second = ""] = text.slice(0, HEAD_LENGTH).split(LINE_END, 2);
  const cookie = COOKIE.exec(first) ?? (BLANK_OR_COMMENT.test(first) ? COOKIE.exec(second) : null);
  const name = cookie?.[1];
  return name === undefined || normalName(name) === "utf8" ? undefined : name;
}

/**
 * Whether a Python text that is written as UTF-8 reads the same again: it must not hold more than ASCII when it declares another
 * encoding, which all are the same in.
 */
export function isWritableAsUtf8(text: string): boolean {
  return declaredEncoding(text) === undefined || /^[\0-\x7f]*$/.test(text);
}

/** Reads the bytes of a Python file as CPython does, without a byte order mark. */
export function decodePython(bytes: Uint8Array): DecodedPython {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const encoding = declaredEncoding(latin1(bytes.subarray(hasMark ? 3 : 0, HEAD_LENGTH)));
  if (encoding === undefined || hasMark) {
    const text = hasMark && encoding !== undefined ? undefined : utf8(bytes);
    return text === undefined ? { ok: false, encoding: encoding ?? "" } : { ok: true, text };
  }
  const text = DECODERS.get(normalName(encoding))?.(bytes);
  return text === undefined ? { ok: false, encoding } : { ok: true, text };
}

type Decode = (bytes: Uint8Array) => string | undefined;

/** What CPython's names stand for here: as its tokenizer shortens them (Emacs writes `utf-8-unix`), without dashes. */
function normalName(name: string): string {
  const dashed = name.toLowerCase().replaceAll("_", "-");
  if (/^utf-8(?:-|$)/.test(dashed)) return "utf8";
  if (/^(?:latin-1|iso-8859-1|iso-latin-1)(?:-|$)/.test(dashed)) return "latin1";
  return dashed.replaceAll("-", "");
}

/** What windows-1252 has at 0x80 to 0x9F; a blank where it has nothing and CPython refuses the byte. */
const CP1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/**
 * Encodings in which files of Python code are found. By hand where TextDecoder differs from CPython: by the Encoding Standard
 * "latin1" is windows-1252, and some releases of Node.js take windows-1252 for latin-1. The others were compared with CPython's
 * codecs byte by byte; encodings of two bytes a character differ in places and are not read.
 */
const DECODERS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ...named(["latin1", "latin", "l1", "iso88591", "8859", "cp819"], latin1),
  ...named(["ascii", "usascii", "646"], (bytes) => (bytes.some((byte) => byte > 0x7f) ? undefined : latin1(bytes))),
  ...named(["cp1252", "windows1252", "1252"], cp1252),
  ...named(["utf8", "u8", "utf", "cp65001", "utf8sig"], utf8),
  ...named(["iso885915", "latin9", "l9"], byStandard("iso-8859-15")),
  ...named(["iso88592", "latin2", "l2"], byStandard("iso-8859-2")),
  ...named(["iso88595", "cyrillic"], byStandard("iso-8859-5")),
  ...named(["cp1250", "windows1250", "1250"], byStandard("windows-1250")),
  ...named(["cp1251", "windows1251", "1251"], byStandard("windows-1251")),
  ...named(["koi8r"], byStandard("koi8-r")),
  ...named(["koi8u"], byStandard("koi8-u")),
]);

function named(names: readonly string[], decode: Decode): readonly (readonly [string, Decode])[] {
  return names.map((name) => [name, decode]);
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Each byte is the character of that number. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function cp1252(bytes: Uint8Array): string | undefined {
  const text = latin1(bytes).replace(/[\x80-\x9f]/g, (unit) => CP1252[unit.charCodeAt(0) - 0x80] ?? " ");
  const isDefined = !bytes.some((byte) => byte >= 0x80 && byte <= 0x9f && CP1252[byte - 0x80] === " ");
  return isDefined ? text : undefined;
}

/** As the Encoding Standard has it, which gives control characters for the bytes that CPython's Windows encodings refuse. */
function byStandard(label: string): Decode {
  return (bytes) => {
    try {
      const text = new TextDecoder(label, { fatal: true }).decode(bytes);
      return label.startsWith("windows") && /[\x80-\x9f]/.test(text) ? undefined : text;
    } catch {
      return undefined;
    }
  };
}
