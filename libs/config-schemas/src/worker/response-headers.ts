import { ConfigError, lambda } from '@tributary/connect-api';

/** A header to put on each response. Actions ending in `Date` take milliseconds from now or since the epoch. */
export interface HeaderRule {
  readonly action: 'set' | 'add' | 'setDate' | 'addDate';
  readonly name: string;
  readonly value: string;
}

const ACTIONS = ['set', 'add', 'setDate', 'addDate'] as const;

/**
 * Reads `[action] [name]:[value]` rules, separated by commas; a rule in double quotes may have commas itself. Throws a
 * {@link ConfigError} for the first that is wrong.
 */
export function parseHeaderRules(text: string): HeaderRule[] {
  return splitOutsideQuotes(text)
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '')
    .map(parseRule);
}

export const responseHeadersValidator = lambda((_name, value) => {
  if (typeof value === 'string') parseHeaderRules(value);
}, "Comma-separated header rules, where each header rule is of the form '[action] [header name]:[header value]'");

function splitOutsideQuotes(text: string): string[] {
  const parts = text.match(/(?:"[^"]*"|[^,"]|")+/g) ?? [];
  return parts.map((part) => part.trim().replace(/^"(.*)"$/, '$1'));
}

function parseRule(rule: string): HeaderRule {
  const [, verb, pair] = /^(\S+)\s+(.*)$/s.exec(rule) ?? [];
  if (verb === undefined || pair === undefined) {
    throw new ConfigError(
      `Invalid format of header config '${rule}'. Expected: '[action] [header name]:[header value]'`,
    );
  }
  const [name, value, ...more] = pair.split(':').map((part) => part.trim());
  if (name === undefined || value === undefined || more.length > 0) {
    throw new ConfigError(
      `Invalid format of header name and header value pair '${pair}'. Expected: '[header name]:[header value]'`,
    );
  }
  const action = ACTIONS.find((each) => each.toLowerCase() === verb.toLowerCase());
  if (action === undefined) {
    throw new ConfigError(`Invalid header config action: '${verb}'. Expected one of [${ACTIONS.join(', ')}]`);
  }
  if (name === '' || /\s/.test(name)) {
    throw new ConfigError(`Invalid header name '${name}'. The '[header name]' cannot contain whitespace`);
  }
  return { action, name, value };
}
