import { describe, expect, it } from 'vitest';
import { parseProperties } from './parse-properties.js';

describe('parseProperties', () => {
  it.each<[string, string, Record<string, string>]>([
    ['an equals sign', 'a=b', { a: 'b' }],
    ['a colon', 'a: b', { a: 'b' }],
    ['blanks', 'a   b c ', { a: 'b c ' }],
    ['blanks around the separator', '  a \t= b', { a: 'b' }],
    ['only the first separator', 'a==b:c', { a: '=b:c' }],
    ['no value', 'a\nb=', { a: '', b: '' }],
    ['comments and blank lines', '# x=1\n\n ! y=2\na=b', { a: 'b' }],
    ['every line end', 'a=1\r\nb=2\rc=3\n', { a: '1', b: '2', c: '3' }],
    ['continuation lines', 'a=1,\\\n    2,\\\r\n  3\nb=4', { a: '1,2,3', b: '4' }],
    ['a comment sign in a continuation', 'a=1\\\n#2', { a: '1#2' }],
    ['a blank line that ends a continuation', 'a=1\\\n\nb=2', { a: '1', b: '2' }],
    ['a continuation at the end', 'a=1\\', { a: '1' }],
    ['an even number of backslashes', 'a=1\\\\\nb=2', { a: '1\\', b: '2' }],
    ['escapes', 'a\\=\\:\\ b=\\t\\n\\r\\f\\q\\u00e9\\u20AC', { 'a=: b': '\t\n\r\fq\u00e9\u20ac' }],
    ['the last of equal keys', 'a=1\na=2', { a: '2' }],
    ['a byte order mark', '\ufeffa=1', { a: '1' }],
    [
      'a JAAS line',
      'j=M required username="u" \\\n  password="p=w";',
      { j: 'M required username="u" password="p=w";' },
    ],
  ])('reads %s', (_what, text, expected) => {
    expect(parseProperties(text)).toEqual(expected);
  });

  it('refuses a wrong unicode escape', () => {
    expect(() => parseProperties('a=\\u00g0')).toThrow('Malformed escape \\u00g0');
  });

  it('takes names of built-in members as keys', () => {
    expect(Object.entries(parseProperties('__proto__=x\nconstructor=y'))).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });
});
