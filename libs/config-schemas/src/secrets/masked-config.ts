import { BadRequestError } from '@tributary/connect-api';
import { HIDDEN } from '@tributary/observability';

/** A config in which no value is masked any more. */
export interface UnmaskedConfig<V extends string | null = string | null> {
  readonly config: Readonly<Record<string, V | string>>;
  /** the properties that were */
  readonly masked: readonly string[];
}

/**
 * What a client means that has read a config with its passwords masked and sends it back: a property that is still masked
 * is as it is stored. Throws a BadRequestError that names a property of which nothing is stored.
 */
export function unmasked<V extends string | null>(
  requested: Readonly<Record<string, V>>,
  stored: Readonly<Record<string, string>> | undefined,
): UnmaskedConfig<V> {
  const masked = Object.keys(requested).filter((name) => requested[name] === HIDDEN);
  const config: Record<string, V | string> = { ...requested };
  for (const name of masked) {
    const value = stored !== undefined && Object.hasOwn(stored, name) ? stored[name] : undefined;
    if (value === undefined) {
      throw new BadRequestError(
        `Property ${name} is ${HIDDEN}, which stands for the value that is stored, but no value is stored: give its value`,
      );
    }
    config[name] = value;
  }
  return { config, masked };
}
