import {
  allOf,
  atLeast,
  invalidValue,
  lambda,
  nonEmptyStringWithoutControlChars,
  nonNull,
  oneOf,
  validList,
  type ConfigKeyInit,
} from '@tributary/connect-api';
import type { Keys } from '../keys/key.js';

/** No alias twice. */
export const uniqueAliases = lambda((name, value) => {
  if (Array.isArray(value) && new Set(value).size !== value.length)
    throw invalidValue(name, value, 'Duplicate alias provided.');
}, 'unique transformation aliases');

const COMMON = 'Common';
const ERRORS = 'Error Handling';

/** A plugin's class and its version, as a pair of keys. */
function converterKeys(key: string, title: string, orderInGroup: number): Keys {
  const word = title.split(' ')[0] ?? title;
  return {
    [key]: {
      type: 'CLASS',
      default: null,
      importance: 'LOW',
      group: COMMON,
      orderInGroup,
      width: 'SHORT',
      displayName: `${title} class`,
      documentation: `Converter of this connector's ${word.toLowerCase()}s, by class name or alias; not set: the worker's.`,
    },
    [`${key}.plugin.version`]: {
      type: 'STRING',
      default: null,
      importance: 'LOW',
      group: COMMON,
      orderInGroup: orderInGroup + 1,
      width: 'SHORT',
      displayName: `${title} version`,
      documentation: `Version of that converter, or a range of versions; not set: the newest.`,
    },
  };
}

function aliasList(group: string, orderInGroup: number, documentation: string): ConfigKeyInit {
  return {
    type: 'LIST',
    default: [],
    importance: 'LOW',
    group,
    orderInGroup,
    width: 'LONG',
    displayName: group,
    documentation,
    validator: allOf(nonNull, uniqueAliases),
  };
}

/** What every connector has, in the order of REST answers. */
export const commonKeys: Keys = {
  name: {
    type: 'STRING',
    importance: 'HIGH',
    group: COMMON,
    orderInGroup: 1,
    width: 'MEDIUM',
    displayName: 'Connector name',
    documentation: 'The name of the connector, unique in its cluster.',
    validator: nonEmptyStringWithoutControlChars,
  },
  'connector.class': {
    type: 'STRING',
    importance: 'HIGH',
    group: COMMON,
    orderInGroup: 2,
    width: 'LONG',
    displayName: 'Connector class',
    documentation: 'The class of the connector: its full name, its simple name, or that without `Connector`.',
  },
  'connector.plugin.version': {
    type: 'STRING',
    default: null,
    importance: 'MEDIUM',
    group: COMMON,
    orderInGroup: 3,
    width: 'MEDIUM',
    displayName: 'Connector version',
    documentation: 'Version of the connector, or a range of versions; not set: the newest.',
  },
  'tasks.max': {
    type: 'INT',
    default: 1,
    importance: 'HIGH',
    group: COMMON,
    orderInGroup: 4,
    width: 'SHORT',
    displayName: 'Tasks max',
    documentation: 'The most tasks that the connector may divide its work into.',
    validator: atLeast(1),
  },
  'tasks.max.enforce': {
    type: 'BOOLEAN',
    default: true,
    importance: 'LOW',
    group: COMMON,
    orderInGroup: 5,
    width: 'SHORT',
    displayName: 'Enforce tasks max',
    documentation: '(Deprecated) Whether a connector fails that makes more tasks than `tasks.max`.',
  },
  ...converterKeys('key.converter', 'Key converter', 6),
  ...converterKeys('value.converter', 'Value converter', 8),
  ...converterKeys('header.converter', 'Header converter', 10),
  transforms: aliasList('Transforms', 12, 'Names of the transformations that each record goes through, in this order.'),
  predicates: aliasList('Predicates', 13, 'Names of the predicates that transformations may depend on.'),
  'config.action.reload': {
    type: 'STRING',
    default: 'restart',
    importance: 'LOW',
    group: COMMON,
    orderInGroup: 14,
    width: 'MEDIUM',
    displayName: 'Reload Action',
    documentation:
      'What to do when a config provider says that a value has changed: `restart` the connector, or `none`.',
    validator: oneOf('none', 'restart'),
  },
  'errors.retry.timeout': {
    type: 'LONG',
    default: 0,
    importance: 'MEDIUM',
    group: ERRORS,
    orderInGroup: 1,
    width: 'MEDIUM',
    displayName: 'Retry Timeout for Errors',
    documentation: 'How long a failed operation is tried again, milliseconds; 0: not at all, -1: for ever.',
  },
  'errors.retry.delay.max.ms': {
    type: 'LONG',
    default: 60000,
    importance: 'MEDIUM',
    group: ERRORS,
    orderInGroup: 2,
    width: 'MEDIUM',
    displayName: 'Maximum Delay Between Retries for Errors',
    documentation: 'The longest wait between two such tries, milliseconds.',
  },
  'errors.tolerance': {
    type: 'STRING',
    default: 'none',
    importance: 'MEDIUM',
    group: ERRORS,
    orderInGroup: 3,
    width: 'SHORT',
    displayName: 'Error Tolerance',
    documentation: 'Whether a record that cannot be processed fails the task (`none`) or is left out (`all`).',
    validator: oneOf('none', 'all'),
  },
  'errors.log.enable': {
    type: 'BOOLEAN',
    default: false,
    importance: 'MEDIUM',
    group: ERRORS,
    orderInGroup: 4,
    width: 'SHORT',
    displayName: 'Log Errors',
    documentation: 'Whether such errors are logged.',
  },
  'errors.log.include.messages': {
    type: 'BOOLEAN',
    default: false,
    importance: 'MEDIUM',
    group: ERRORS,
    orderInGroup: 5,
    width: 'SHORT',
    displayName: 'Log Error Details',
    documentation: "Whether the log names the record's topic, partition, offset and time too.",
  },
};

/** A list that may be empty, of distinct texts. */
export const distinctTexts = validList({ empty: true });
