import { describe, expect, it } from 'vitest';
import { javaRegExp } from './java-reg-exp.js';

describe('javaRegExp', () => {
  it.each<[string, string[], string[]]>([
    ['a|b', ['a', 'b'], ['ab']],
    ['(?i)log-.*', ['LOG-a', 'log-'], ['xlog-a']],
    ['\\Qa.b\\E.*', ['a.b', 'a.bc'], ['axb']],
    ['\\Qa.b', ['a.b'], ['axb']],
    ['\\p{Alpha}+', ['aZ'], ['a1']],
    ['[\\p{Digit}_]+', ['1_2'], ['a']],
    ['a\\.b\\\\', ['a.b\\'], ['axb\\']],
    ['[\\]a]+', ['a]'], ['b']],
    ['a++b', ['aab'], ['b']],
    ['a*+a', [], ['aa']],
    ['(?<x>a|b)\\k<x>', ['aa', 'bb'], ['ab']],
    ['[a-z&&[^bc]]+', ['ad'], ['ab']],
    ['a(?i)b', ['aB'], ['AB']],
  ])('%s', (pattern, inside, outside) => {
    const regex = javaRegExp(pattern, { whole: true });
    expect(inside.filter((text) => !regex.test(text))).toEqual([]);
    expect(outside.filter((text) => regex.test(text))).toEqual([]);
  });

  it('matches parts unless it is told not to', () => {
    expect(javaRegExp('b').test('abc')).toBe(true);
  });

  it('refuses a wrong expression, and says where', () => {
    expect(() => javaRegExp('b[')).toThrow(new SyntaxError('Unclosed character class near index 1\nb[\n ^'));
  });

  it.each(['\\p{constructor}', '\\p{Is}', '\\p{blk=Greek}', '\\p{gc=}'])('knows no characters of %s', (pattern) => {
    expect(() => javaRegExp(pattern)).toThrow('Unknown or unsupported character property');
  });

  it.each(['(?x)a b', '\\p{InGreek}', '(a)?\\1', '[^a[b]]'])(
    'refuses %s, which it could not follow exactly',
    (pattern) => {
      expect(() => javaRegExp(pattern)).toThrow(/not supported|unsupported|may not/);
    },
  );
});
