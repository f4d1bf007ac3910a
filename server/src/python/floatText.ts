/**
 * The text of floats with a number of digits, rounded as CPython does it: from the double's true value, and a tie to the
 * even digit. JavaScript's own functions are exact, too, but take the larger neighbour of a tie.
 */

/** `round(value, places)` for finite floats. */
export function roundFloat(value: number, places: number): number {
  const rounded = Number(fixedText(Math.abs(value), places));
  return value < 0 || Object.is(value, -0) ? -rounded : rounded;
}

/** `%.nf` of a number that is not negative and below 1e21. */
export function fixedText(value: number, decimals: number): string {
  const rounded = value.toFixed(decimals);
  // A double that lies half-way between two numbers of n decimals is a multiple of 5 to the n: impossible from 23 on.
  if (decimals > 22) return rounded;
  const more = 60;
  const exact = value.toFixed(decimals + more);
  return isTie(exact.slice(-more)) && isOdd(rounded) ? exact.slice(0, -more).replace(/\.$/, "") : rounded;
}

function isTie(rest: string): boolean {
  return /^50*$/.test(rest);
}

function isOdd(digits: string): boolean {
  return /[13579]$/.test(digits);
}

/** `%.ne` of a finite number that is not negative. */
export function exponentialText(value: number, decimals: number): string {
  const places = Math.min(decimals, 100);
  const [rounded = "", exponent = "0"] = value.toExponential(places).split("e");
  const more = 100 - places;
  // oxlint-disable-next-line number-arg-out-of-range -- 100 digits are allowed since ECMAScript 2018
  const [exact = ""] = value.toExponential(100).split("e");
  const isHalf = more > 0 && isTie(exact.slice(-more)) && isOdd(rounded);
  const digits = isHalf ? exact.slice(0, -more).replace(/\.$/, "") : rounded;
  return `${digits}e${exponentText(Number(exponent))}`;
}

function exponentText(exponent: number): string {
  return (exponent < 0 ? "-" : "+") + Math.abs(exponent).toString().padStart(2, "0");
}

/** `%.ng` of a finite number that is not negative; `keepZeros` for the alternate form. */
export function generalText(value: number, precision: number, keepZeros: boolean): string {
  const digits = precision === 0 ? 1 : precision;
  const scientific = exponentialText(value, digits - 1);
  const exponent = Number(scientific.slice(scientific.indexOf("e") + 1));
  const isFixed = exponent >= -4 && exponent < digits;
  const text = isFixed ? fixedText(value, digits - 1 - exponent) : scientific;
  if (keepZeros) return text.includes(".") ? text : text.replace(/(?=e|$)/, ".");
  return text.includes(".") ? text.replace(/\.?(?<!0)0+(?=e|$)/, "") : text;
}
