/** The longest request line and headers together, in bytes; a connector's name stands in the path, percent-encoded. */
export const MAX_HEADER_BYTES = 64 * 1024;
