import type { ConfigKeyInit } from '@tributary/connect-api';

/** Name of the property that {@link replaceNullKey} defines. */
export const REPLACE_NULL = 'replace.null.with.default';

/** The property of all transformations that read fields. */
export const replaceNullKey: Readonly<Record<typeof REPLACE_NULL, ConfigKeyInit>> = {
  [REPLACE_NULL]: {
    type: 'BOOLEAN',
    default: true,
    importance: 'MEDIUM',
    documentation: 'Whether a field that is null is read as its default, where it has one, or as null.',
  },
};
