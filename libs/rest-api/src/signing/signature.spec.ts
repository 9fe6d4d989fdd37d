import type { SessionKey } from '@tributary/kafka-storage';
import { describe, expect, test } from 'vitest';
import { MAX_CLOCK_SKEW_MS, SIGNATURE_HEADERS, signatureHeaders, signatureProblem } from './signature.js';

const NOW = 1_700_000_000_000;
const keyOf = (text: string, algorithm = 'HmacSHA256'): SessionKey => ({
  key: Buffer.from(text),
  algorithm,
  createdAt: 0,
});
const key = keyOf('the key of the cluster');
const parts = { method: 'PUT', path: '/connectors/a/config?forward=true', body: '{"a":"ä"}' };
const headers = signatureHeaders(key, parts, NOW);
const INVALID = 'Internal request contained invalid signature.';

test('a signed request is accepted', () => {
  expect(signatureProblem([key], parts, headers, NOW)).toBeUndefined();
});

test('a request signed with the key before the newest is accepted', () => {
  expect(signatureProblem([keyOf('newer'), key], parts, headers, NOW)).toBeUndefined();
});

test.each([
  ['method', { ...parts, method: 'DELETE' }],
  ['path', { ...parts, path: '/connectors/b/config?forward=true' }],
  ['query', { ...parts, path: '/connectors/a/config' }],
  ['body', { ...parts, body: '{"a":"b"}' }],
])('an altered %s is refused', (_what, altered) => {
  expect(signatureProblem([key], altered, headers, NOW)).toBe(INVALID);
});

test.each([
  ['another key', [keyOf('guessed')], headers],
  ['no key at all', [], headers],
  ['another time', [key], { ...headers, [SIGNATURE_HEADERS.time]: String(NOW + 1) }],
  ['another algorithm', [key], { ...headers, [SIGNATURE_HEADERS.algorithm]: 'HmacSHA1' }],
  ['an unknown algorithm', [key], { ...headers, [SIGNATURE_HEADERS.algorithm]: 'none' }],
  ['an empty signature', [key], { ...headers, [SIGNATURE_HEADERS.signature]: '' }],
  ['a shortened signature', [key], { ...headers, [SIGNATURE_HEADERS.signature]: 'AAAA' }],
  ['a signature that is no base64', [key], { ...headers, [SIGNATURE_HEADERS.signature]: '***' }],
])('%s is refused', (_what, keys, sent) => {
  expect(signatureProblem(keys, parts, sent, NOW)).toBe(INVALID);
});

test.each(Object.values(SIGNATURE_HEADERS))('a request without %s is refused', (name) => {
  const { [name]: _left, ...rest } = headers;
  expect(signatureProblem([key], parts, rest, NOW)).toBe('Internal request missing required signature');
});

describe('a request that was overheard', () => {
  test('can be repeated only as long as clocks may differ', () => {
    expect(signatureProblem([key], parts, headers, NOW + MAX_CLOCK_SKEW_MS)).toBeUndefined();
    expect(signatureProblem([key], parts, headers, NOW - MAX_CLOCK_SKEW_MS)).toBeUndefined();
    const late = 'Internal request is too old or from the future';
    expect(signatureProblem([key], parts, headers, NOW + MAX_CLOCK_SKEW_MS + 1)).toBe(late);
    expect(signatureProblem([key], parts, headers, NOW - MAX_CLOCK_SKEW_MS - 1)).toBe(late);
  });

  test('has a time that is a number', () => {
    const sent = { ...headers, [SIGNATURE_HEADERS.time]: 'now' };
    expect(signatureProblem([key], parts, sent, NOW)).toBe('Internal request is too old or from the future');
  });
});

test.each(['HmacSHA1', 'HmacSHA224', 'HmacSHA256', 'HmacSHA384', 'HmacSHA512'])('%s can be used', (algorithm) => {
  const own = keyOf('k', algorithm);
  expect(signatureProblem([own], parts, signatureHeaders(own, parts, NOW), NOW)).toBeUndefined();
});
