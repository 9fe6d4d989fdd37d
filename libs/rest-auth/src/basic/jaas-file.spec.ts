import { expect, test } from 'vitest';
import { parseJaasFile } from './jaas-file.js';

const shown = (text: string) =>
  [...parseJaasFile(text)].map(([name, modules]) => [
    name,
    ...modules.map(({ className, options }) => [className, Object.fromEntries(options)]),
  ]);

test('entries, modules and options are read, past comments and blanks', () => {
  const text = `// users
    KafkaConnect {
      /* the
         first */ com.example.First REQUIRED file="/etc/a \\"b\\".properties" debug=true;
      com.example.Second sufficient
        file='c;d}e';
    };
    other{com.example.Third optional;};`;
  expect(shown(text)).toEqual([
    [
      'KafkaConnect',
      ['com.example.First', { file: '/etc/a "b".properties', debug: 'true' }],
      ['com.example.Second', { file: 'c;d}e' }],
    ],
    ['other', ['com.example.Third', {}]],
  ]);
  expect(shown('')).toEqual([]);
});

test.each([
  ['KafkaConnect', 'expected {, found the end of the file'],
  ['KafkaConnect { M required a="1"; }', 'expected ;, found the end of the file'],
  ['KafkaConnect { M needed; };', 'flag needed of M must be one of: required, requisite, sufficient, optional'],
  ['KafkaConnect { M required a b; };', 'expected =, found a word'],
  ['KafkaConnect { M required a=; };', 'expected the value of option a, found ;'],
  ['KafkaConnect { M; };', 'expected a flag after M, found ;'],
  ['KafkaConnect { ; };', 'expected the class of a login module, found ;'],
  ['{ };', 'expected the name of an entry, found {'],
  ['A { M required; }; A { M required; };', 'entry A is there twice'],
  ['A { M required file="x; };', 'a quote is not closed'],
])('%s is refused', (text, problem) => {
  expect(() => parseJaasFile(text)).toThrow(problem);
});
