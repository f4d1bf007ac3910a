import { compareReleases } from "./facts";
import type { Release } from "./release";

/**
 * When these facts were written down. Dates are compared with it and never with the clock, so that the same texts always give the
 * same findings.
 */
const AS_OF = "2026-08";

/** The month in which each series got, or gets, its last security fix (https://www.djangoproject.com/download/#supported-versions). */
const LAST_FIXES = (
  "1.4 2015-10, 1.5 2014-09, 1.6 2015-04, 1.7 2015-12, 1.8 2018-04, 1.9 2017-04, 1.10 2017-12, 1.11 2020-04, " +
  "2.0 2019-04, 2.1 2019-12, 2.2 2022-04, 3.0 2021-04, 3.1 2021-12, 3.2 2024-04, 4.0 2023-04, 4.1 2023-12, " +
  "4.2 2026-04, 5.0 2025-04, 5.1 2025-12, 5.2 2028-04, 6.0 2027-04, 6.1 2027-12"
).split(", ");

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** A series whose support has ended. */
export interface EndedSeries {
  readonly series: Release;
  /** The month of its last security fixes, for people: `April 2026`. */
  readonly ended: string;
}

/** The newest series from one on and before another, if there is any and the support of all of them has ended. */
export function endedSupport(from: Release, below: Release): EndedSeries | undefined {
  const allowed = LAST_FIXES.map((row) => {
    const [series = "", month = ""] = row.split(" ");
    const [major, minor] = series.split(".").map(Number);
    return { series: [major ?? 0, minor ?? 0] as const, month };
  }).filter(({ series }) => compareReleases(series, from) >= 0 && compareReleases(series, below) < 0);
  const newest = allowed.at(-1);
  if (newest === undefined || allowed.some(({ month }) => month >= AS_OF)) return undefined;
  const [year = "", month] = newest.month.split("-");
  return { series: newest.series, ended: `${MONTHS[Number(month) - 1] ?? ""} ${year}` };
}
