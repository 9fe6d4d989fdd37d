import { describe, expect, it } from 'vitest';
import { parseJaas } from './jaas-line.js';

const MODULE = 'org.apache.kafka.common.security.scram.ScramLoginModule';

describe('parseJaas', () => {
  it.each([
    ['double quotes', '"a\'b=c;d"', "a'b=c;d"],
    ['single quotes', `'p "w"'`, 'p "w"'],
    ['no quotes', 'se-cr_et$1.x', 'se-cr_et$1.x'],
    ['escapes', String.raw`"\"\\\'\n\t\101\7x\q"`, '"\\\'\n\tA\x07xq'],
    ['signs that begin comments', '"a//b/*c*/#d"', 'a//b/*c*/#d'],
    ['letters beyond ASCII', '"pässwörd ✓"', 'pässwörd ✓'],
    ['nothing', '""', ''],
  ])('reads a value with %s', (_name, written, value) => {
    const [login] = parseJaas(`${MODULE} required password=${written} username=bob;`);
    expect(login?.module).toBe(MODULE);
    expect([...(login?.options ?? [])]).toEqual([
      ['password', value],
      ['username', 'bob'],
    ]);
  });

  it('goes over comments and line ends, and takes a flag in any case', () => {
    const text = `// who we are\n${MODULE} Required /* the\nuser */ username = "a"\n;`;
    expect(parseJaas(text)[0]?.options.get('username')).toBe('a');
  });

  it('reads several logins, and one without options', () => {
    expect(parseJaas(`${MODULE} optional; ${MODULE} sufficient a=b;`).map((each) => each.options.size)).toEqual([0, 1]);
  });

  it.each([
    ['nothing', ' // only a comment', 'Login module not specified in JAAS config'],
    ['a module alone', MODULE, 'Login module control flag not specified in JAAS config'],
    ['a sign for the flag', `${MODULE} = x;`, 'Login module control flag is not available in the JAAS config'],
    ['an unknown flag', `${MODULE} maybe a=b;`, 'Invalid login module control flag'],
    ['no semicolon', `${MODULE} required username="a"`, 'JAAS config entry not terminated by semi-colon'],
    ['no equals sign', `${MODULE} required username "a";`, "Value not specified for key 'username' in JAAS config"],
    ['a number without quotes', `${MODULE} required password=123;`, "Value not specified for key 'password'"],
    ['a sign without quotes', `${MODULE} required password=!x;`, "Value not specified for key 'password'"],
    ['a quoted text over two lines', `${MODULE} required password="a\nb";`, 'Value not specified for key'],
  ])('refuses %s', (_name, text, message) => {
    expect(() => parseJaas(text)).toThrow(message);
  });
});
