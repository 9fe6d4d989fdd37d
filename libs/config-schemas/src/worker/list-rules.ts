import { ConfigError, lambda, type Validator } from '@tributary/connect-api';

function texts(atLeastOne: boolean): Validator {
  return lambda((name, value) => {
    if (!Array.isArray(value)) return;
    if (atLeastOne && value.length === 0) {
      throw new ConfigError(`Configuration '${name}' must not be empty. Valid values include: any non-empty value`);
    }
    if (value.includes('')) throw new ConfigError(`Configuration '${name}' values must not be empty.`);
  }, 'a list without empty entries');
}

/** A worker's list: no entry is empty. One that occurs twice counts once. */
export const textsOrNone = texts(false);

/** The same with one entry at least. */
export const someTexts = texts(true);
