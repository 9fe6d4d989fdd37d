import { expect, it } from 'vitest';
import { hiddenIn, objectText } from './json-text.js';

const hide = (text: string) => text.replaceAll('s3cret"', '[hidden]');

it('leaves members out that are undefined', () => {
  expect(objectText({ a: '1', b: undefined, 'c"': 'null' })).toBe('{"a":1,"c\\"":null}');
});

it('hides what is in values, also in base64, and keeps names and numbers', () => {
  const bytes = Buffer.from([255, ...Buffer.from('a s3cret" b')]).toString('base64');
  const json = `{"s3cret\\"":12345678901234567890,"v":["x s3cret\\" y","s3cre"],"b":"${bytes}"}`;
  const hidden = hiddenIn(json, hide);
  expect(hidden).toContain('{"s3cret\\"":12345678901234567890,"v":["x [hidden] y","s3cre"]');
  const shown = Buffer.from(String(JSON.parse(hidden).b), 'base64');
  expect(shown.toString('latin1')).toBe('\u00ffa [hidden] b');
});
