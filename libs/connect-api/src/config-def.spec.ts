import { describe, expect, it } from 'vitest';
import { ConfigDef, Password } from './config-def.js';
import {
  allOf,
  atLeast,
  between,
  nonEmptyString,
  nonEmptyStringWithoutControlChars,
  nonNull,
  oneOf,
  oneOfIgnoringCase,
  regularExpression,
  validList,
} from './config-validators.js';
import type { ConfigKeyInit, ConfigType, Validator } from './config-key.js';

const key = (type: ConfigType, more: Partial<ConfigKeyInit> = {}): ConfigKeyInit => ({
  type,
  importance: 'LOW',
  documentation: 'a key',
  ...more,
});

function errorOf(text: string | null | undefined, type: ConfigType, more: Partial<ConfigKeyInit> = {}): string[] {
  return (
    ConfigDef.define({ k: key(type, more) })
      .validateAll(text === undefined ? {} : { k: text })
      .get('k')?.errors ?? []
  );
}

describe('ConfigDef parses', () => {
  it.each<[ConfigType, string, unknown]>([
    ['BOOLEAN', ' TRUE ', true],
    ['STRING', ' a b ', 'a b'],
    ['CLASS', ' Foo ', 'Foo'],
    ['INT', '+12', 12],
    ['SHORT', '-32768', -32768],
    ['LONG', '9007199254740991', 9007199254740991],
    ['LONG', '9223372036854775807', 9223372036854775807n],
    ['DOUBLE', '1e3', 1000],
    ['DOUBLE', '0.5f', 0.5],
    ['LIST', 'a , b,c', ['a', 'b', 'c']],
    ['LIST', '', []],
    ['LIST', 'a,', ['a', '']],
  ])('%s %j', (type, text, value) => {
    expect(ConfigDef.define({ k: key(type) }).parseValue('k', text)).toEqual(value);
  });

  it('hides passwords in text and JSON', () => {
    const parsed = ConfigDef.define({ k: key('PASSWORD') }).parse({ k: 'secret' });
    expect(parsed.password('k')).toBeInstanceOf(Password);
    expect(parsed.password('k')?.reveal()).toBe('secret');
    expect(JSON.stringify(parsed.get('k')) + String(parsed.get('k'))).toBe('"[hidden]"[hidden]');
  });

  it.each<[ConfigType, string, string]>([
    ['BOOLEAN', 'x', 'Invalid value x for configuration k: Expected value to be either true or false'],
    ['INT', '1.5', 'Invalid value 1.5 for configuration k: Not a number of type INT'],
    ['INT', '2147483648', 'Invalid value 2147483648 for configuration k: Not a number of type INT'],
    ['SHORT', '32768', 'Invalid value 32768 for configuration k: Not a number of type SHORT'],
    ['LONG', '9223372036854775808', 'Invalid value 9223372036854775808 for configuration k: Not a number of type LONG'],
    ['DOUBLE', '', 'Invalid value  for configuration k: Not a number of type DOUBLE'],
  ])('%s %j to an error', (type, text, message) => {
    expect(() => ConfigDef.define({ k: key(type) }).parse({ k: text })).toThrow(message);
  });

  it('fills defaults and leaves undefined properties out', () => {
    const parsed = ConfigDef.define({ a: key('INT', { default: 2000 }), b: key('STRING', { default: null }) }).parse({
      c: 'x',
    });
    expect([...parsed.values]).toEqual([
      ['a', 2000],
      ['b', null],
    ]);
    expect(parsed.optionalString('b')).toBeUndefined();
    expect(() => parsed.get('c')).toThrow("Unknown configuration 'c'");
    expect(() => parsed.boolean('a')).toThrow("Configuration 'a' is 2000, not true or false");
  });

  it('demands keys without a default', () => {
    expect(() => ConfigDef.define({ k: key('INT') }).parse({})).toThrow(
      'Missing required configuration "k" which has no default value.',
    );
  });
});

describe('ConfigDef validates', () => {
  it('reports an unreadable number as null to the validator too', () => {
    expect(errorOf('x', 'INT', { validator: atLeast(1) })).toEqual([
      'Invalid value x for configuration k: Not a number of type INT',
      'Invalid value null for configuration k: Value must be non-null',
    ]);
  });

  it.each<[ConfigType, Validator, string | null, string]>([
    ['INT', atLeast(1), '0', 'Invalid value 0 for configuration k: Value must be at least 1'],
    ['INT', between(1, 5), '6', 'Invalid value 6 for configuration k: Value must be no more than 5'],
    ['STRING', oneOf('none', 'all'), 'x', 'Invalid value x for configuration k: String must be one of: none, all'],
    [
      'STRING',
      oneOfIgnoringCase('REQUIRED', 'REQUESTED'),
      'x',
      'Invalid value x for configuration k: String must be one of (case insensitive): REQUIRED, REQUESTED',
    ],
    ['STRING', nonEmptyString, '', 'Invalid value  for configuration k: String must be non-empty'],
    ['STRING', nonNull, null, 'Invalid value null for configuration k: entry must be non null'],
    [
      'STRING',
      nonEmptyStringWithoutControlChars,
      'a\u0001b',
      'Invalid value a\u0001b for configuration k: String may not contain control sequences but had the following ASCII chars: 1',
    ],
    ['LIST', validList(), '', "Configuration 'k' must not be empty. Valid values include: any non-empty value"],
    ['LIST', validList(), 'a,a', "Configuration 'k' values must not be duplicated."],
    ['LIST', validList(), 'a,', "Configuration 'k' values must not be empty."],
    ['LIST', validList({ in: ['a', 'b'] }), 'c', 'Invalid value c for configuration k: String must be one of: a, b'],
    ['STRING', allOf(nonNull, nonEmptyString), '', 'Invalid value  for configuration k: String must be non-empty'],
  ])('%s %s refuses %j', (type, validator, text, message) => {
    expect(errorOf(text, type, { validator })).toEqual([message]);
  });

  it('accepts what validators allow', () => {
    expect(errorOf('rEqUired', 'STRING', { validator: oneOfIgnoringCase('REQUIRED') })).toEqual([]);
    expect(errorOf('', 'LIST', { validator: validList({ empty: true }) })).toEqual([]);
    expect(errorOf('a.*', 'STRING', { validator: regularExpression })).toEqual([]);
    expect(errorOf('a[', 'STRING', { validator: regularExpression })[0]).toContain('Invalid regex: ');
  });

  it('suggests values and hides keys', () => {
    const recommender = {
      validValues: () => ['x', 'y'],
      visible: (_name: string, parsed: ReadonlyMap<string, unknown>) => parsed.get('mode') === 'on',
    };
    const def = ConfigDef.define({
      mode: key('STRING', { dependents: ['k', 'gone'] }),
      k: key('STRING', { default: 'x', recommender }),
    });
    const values = def.validateAll({ mode: 'off' });
    expect(values.get('k')).toEqual({
      name: 'k',
      value: 'x',
      recommendedValues: ['x', 'y'],
      errors: [],
      visible: false,
    });
    expect(values.get('gone')?.errors).toEqual(['gone is referred in the dependents, but not defined.']);
  });
});

describe('ConfigDef describes', () => {
  it('keys in definition order, numbered within their group', () => {
    const def = ConfigDef.define({ b: key('LIST', { default: ['x', 'y'], group: 'G', width: 'LONG' }) }).extend({
      a: key('INT', { group: 'G', orderInGroup: 4, displayName: 'A' }),
      c: key('STRING', { default: null }),
    });
    expect(def.toKeyInfos()).toEqual([
      {
        name: 'b',
        type: 'LIST',
        required: false,
        default_value: 'x,y',
        importance: 'LOW',
        documentation: 'a key',
        group: 'G',
        order_in_group: 1,
        width: 'LONG',
        display_name: 'b',
        dependents: [],
      },
      {
        name: 'a',
        type: 'INT',
        required: true,
        default_value: null,
        importance: 'LOW',
        documentation: 'a key',
        group: 'G',
        order_in_group: 4,
        width: 'NONE',
        display_name: 'A',
        dependents: [],
      },
      {
        name: 'c',
        type: 'STRING',
        required: false,
        default_value: null,
        importance: 'LOW',
        documentation: 'a key',
        group: null,
        order_in_group: -1,
        width: 'NONE',
        display_name: 'c',
        dependents: [],
      },
    ]);
  });

  it('refuses a key that is defined twice or whose default is not allowed', () => {
    const def = ConfigDef.define({ a: key('INT') });
    expect(() => def.extend({ a: key('INT') })).toThrow('Configuration a is defined twice.');
    expect(() => ConfigDef.define({ a: key('INT', { default: 0, validator: atLeast(1) }) })).toThrow('at least 1');
  });
});
