import { expect, test } from 'vitest';
import { parseJaasFile } from './jaas-file.js';

const shown = (text: string) =>
  [...parseJaasFile(text)].map(([name, modules]) => [
    name,
    ...modules.map(({ module, options }) => [module, Object.fromEntries(options)]),
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
  ['KafkaConnect { M required; ', 'Login module control flag not specified in JAAS config'],
  ['KafkaConnect M', 'expected {, found a word'],
  ['KafkaConnect { M needed; };', 'Invalid login module control flag in JAAS config: allowed are REQUIRED'],
  ['KafkaConnect { M required username b; };', "Value not specified for key 'username' in JAAS config"],
  ['KafkaConnect { M required file=/etc/users; };', "Value not specified for key 'file' in JAAS config"],
  ['KafkaConnect { M; };', 'Login module control flag is not available in the JAAS config'],
  ['{ };', 'expected the name of an entry, found {'],
  ['A { M required; }; A { M required; };', 'entry A is there twice'],
  ['A { M required file="x; };', 'JAAS config entry not terminated by semi-colon'],
])('%s is refused', (text, problem) => {
  expect(() => parseJaasFile(text)).toThrow(problem);
});
