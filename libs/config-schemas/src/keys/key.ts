import type { ConfigKeyInit, ConfigType, Importance, Validator } from '@tributary/connect-api';

/** The keys of one subject, to be spread into a definition. */
export type Keys = Readonly<Record<string, ConfigKeyInit>>;

/** In place of a default: the property must be given. */
export const REQUIRED = undefined;

/** A property that has no place in a form: no group, width or title. */
export function key(
  type: ConfigType,
  defaultValue: ConfigKeyInit['default'],
  importance: Importance,
  documentation: string,
  validator?: Validator,
): ConfigKeyInit {
  return {
    type,
    importance,
    documentation,
    ...(defaultValue === undefined ? {} : { default: defaultValue }),
    ...(validator === undefined ? {} : { validator }),
  };
}
