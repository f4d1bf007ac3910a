/** A release series of Django: `[5, 2]`. */
export type Release = readonly [number, number];
