import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MINIMAL_WORKER } from '@tributary/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WorkerConfig } from '@tributary/config-schemas';
import type { RestFilter } from '@tributary/connect-api';
import { RestExtensions } from './rest-extensions.js';

const CLASSES = 'org.apache.kafka.connect.rest.basic.auth.extension';
const BASIC = `${CLASSES}.BasicAuthSecurityRestExtension`;
const NO_AUDIT = { 'rest.audit.enable': 'false' };

let directory: string;
let basic: Record<string, string>;
let tokens: Record<string, string>;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'extensions-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const users = file('users.properties', 'alice=secret');
  const jaas = `KafkaConnect { ${CLASSES}.PropertyFileLoginModule required file="${users}"; };`;
  basic = { 'rest.extension.classes': BASIC, 'rest.auth.login.config': file('jaas.conf', jaas) };
  tokens = {
    'rest.auth.jwt.jwks': file('jwks.json', '{"keys":[]}'),
    'rest.auth.jwt.issuer': 'https://id.example.com',
    'rest.auth.jwt.audience': 'connect',
  };
});
afterAll(() => rmSync(directory, { recursive: true }));

const load = (properties: Record<string, string>) =>
  RestExtensions.load(WorkerConfig.parse({ ...MINIMAL_WORKER, ...properties }, 'gateway', () => undefined));

/** How many filters stand before the API. */
async function filters(properties: Record<string, string>): Promise<number> {
  const added: RestFilter[] = [];
  const extensions = await load(properties);
  await extensions.register({ addFilter: (filter) => added.push(filter), answerUnserved: () => false });
  await extensions.close();
  return added.length;
}

test('changes are audited unless that is switched off', async () => {
  expect([await filters({}), await filters(NO_AUDIT)]).toEqual([1, 0]);
});

test('a login is asked for by the class of the reference, by keys for tokens, or once by both', async () => {
  expect(await filters({ ...NO_AUDIT, ...basic })).toBe(1);
  expect(await filters({ ...NO_AUDIT, ...tokens })).toBe(1);
  expect(await filters({ ...NO_AUDIT, ...basic, ...tokens })).toBe(1);
});

test('a login that cannot work keeps the gateway from starting', async () => {
  await expect(load({ 'rest.extension.classes': BASIC, 'rest.auth.login.config': '/nope/jaas.conf' })).rejects.toThrow(
    'Could not read JAAS file /nope/jaas.conf',
  );
  await expect(load({ ...tokens, 'rest.auth.jwt.audience': '' })).rejects.toThrow('"rest.auth.jwt.audience"');
});

test('roles and rules without a login are refused, as they would protect nothing', async () => {
  await expect(load({ 'rest.auth.read.only.users': 'bob' })).rejects.toThrow(
    'Configuration rest.auth.read.only.users is set, but nothing asks for a login: set rest.auth.jwt.jwks, or let ' +
      `rest.extension.classes name ${BASIC}`,
  );
  await expect(load({ ...tokens, 'rest.auth.jwt.jwks': '' })).rejects.toThrow('rest.auth.jwt.jwks');
});
