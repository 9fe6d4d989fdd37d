import { describe, expect, it } from 'vitest';
import { parseHeaderRules } from './response-headers.js';

describe('parseHeaderRules', () => {
  it('reads rules, quoted where they have commas', () => {
    expect(parseHeaderRules('set X: a, "add Cache-Control: no-cache, no-store", setDate Expires:100,')).toEqual([
      { action: 'set', name: 'X', value: 'a' },
      { action: 'add', name: 'Cache-Control', value: 'no-cache, no-store' },
      { action: 'setDate', name: 'Expires', value: '100' },
    ]);
  });

  it.each([
    ['foo', "Invalid format of header config 'foo'. Expected: '[action] [header name]:[header value]'"],
    ['boo X:a', "Invalid header config action: 'boo'. Expected one of [set, add, setDate, addDate]"],
    ['set X A:b', "Invalid header name 'X A'. The '[header name]' cannot contain whitespace"],
    ['set :b', "Invalid header name ''. The '[header name]' cannot contain whitespace"],
  ])('refuses %s', (text, message) => {
    expect(() => parseHeaderRules(text)).toThrow(message);
  });
});
