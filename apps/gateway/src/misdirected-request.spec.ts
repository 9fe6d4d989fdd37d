import { SIGNATURE_HEADERS } from '@tributary/rest-api';
import { expect, test } from 'vitest';
import { assertNotMisdirected } from './misdirected-request.js';

test('what another service has signed is not forwarded to it once more', () => {
  expect(() => assertNotMisdirected({ headers: { [SIGNATURE_HEADERS.nonce]: 'n' } })).toThrow('rest.advertised.port');
  expect(() => assertNotMisdirected({ headers: { authorization: 'Basic abc' } })).not.toThrow();
});
