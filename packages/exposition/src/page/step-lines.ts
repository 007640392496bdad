/** So many lines are read between two places where a page's reading may be interrupted: well below a millisecond. */
export const STEP_LINES = 1000;

/** Lines may be long: so many bytes are read at most, and one line, in bytes. */
export const STEP_BYTES = 131_072;
