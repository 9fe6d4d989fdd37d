/** Milliseconds of a day. */
export const DAY_MS = 86_400_000;
/** The Julian day number of 1970-01-01. */
export const JULIAN_DAY_OF_1970 = 2_440_588;
