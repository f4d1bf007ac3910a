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
