/** What a number literal means: its value, or why CPython refuses it. */
export type NumberLiteral =
  | { readonly kind: "Int"; readonly value: bigint }
  | { readonly kind: "Float"; readonly value: number }
  | { readonly kind: "Imaginary" }
  | { readonly kind: "invalid"; readonly reason: string };

// https://docs.python.org/3/reference/lexical_analysis.html#numeric-literals
const BASED = /^0(?:[xX](?:_?[0-9a-fA-F])+|[oO](?:_?[0-7])+|[bB](?:_?[01])+)$/;
const DECIMAL = /^(?:0(?:_?0)*|[1-9](?:_?[0-9])*)$/;
const POINT_FLOAT =
  /^(?:(?:[0-9](?:_?[0-9])*)?\.[0-9](?:_?[0-9])*|[0-9](?:_?[0-9])*\.)(?:[eE][+-]?[0-9](?:_?[0-9])*)?$/;
const EXPONENT_FLOAT = /^[0-9](?:_?[0-9])*[eE][+-]?[0-9](?:_?[0-9])*$/;
const DIGITS = /^[0-9](?:_?[0-9])*$/;

/** CPython refuses longer decimal literals (`sys.int_info.default_max_str_digits`). */
const MAX_DECIMAL_DIGITS = 4300;

/** Reads the text of an integer or float literal as CPython does. */
export function readNumber(text: string): NumberLiteral {
  if (BASED.test(text)) return { kind: "Int", value: BigInt(text.replaceAll("_", "")) };
  if (DECIMAL.test(text)) {
    const digits = text.replaceAll("_", "");
    if (digits.length > MAX_DECIMAL_DIGITS) return invalid("this number has more than 4300 digits");
    return { kind: "Int", value: BigInt(digits) };
  }
  if (isFloat(text)) return { kind: "Float", value: Number(text.replaceAll("_", "")) };
  if (/[jJ]$/.test(text)) {
    const real = text.slice(0, -1);
    return isFloat(real) || DIGITS.test(real) ? { kind: "Imaginary" } : invalid("this is not a number");
  }
  if (/[lL]$/.test(text)) return invalid("a number ending in L is Python 2");
  if (/^0[0-9]/.test(text)) return invalid("a number cannot begin with 0: write 0o in front of octal digits");
  return invalid("this is not a number");
}

function isFloat(text: string): boolean {
  return POINT_FLOAT.test(text) || EXPONENT_FLOAT.test(text);
}

function invalid(reason: string): NumberLiteral {
  return { kind: "invalid", reason };
}
