import { ConfigDef } from '@tributary/connect-api';
import { MINIMAL_WORKER } from '@tributary/testing';
import { expect, test } from 'vitest';
import type { PluginLookup } from '../plugins/plugin-lookup.js';
import { WorkerConfig } from '../worker/worker-config.js';
import { connectorSecrets, secretVariables } from './connector-secrets.js';
import { passwordNames } from './password-names.js';
import { workerSecrets } from './worker-secrets.js';

const PROPERTIES = {
  ...MINIMAL_WORKER,
  'key.converter': 'C',
  'value.converter': 'C',
};
const worker = WorkerConfig.parse(PROPERTIES, 'herder', () => undefined);

const text = { importance: 'LOW', documentation: '' } as const;
const definition = ConfigDef.define({
  pin: { ...text, type: 'PASSWORD' },
  'token.field': { ...text, type: 'STRING' },
});
const plugin = { className: 'X', version: '1', location: '', create: () => ({ config: () => definition }) };
const plugins = {
  connector: () => ({ ...plugin, kind: 'source' }),
  find: (kind: string) => ({ ...plugin, kind }),
  all: () => [],
} as unknown as PluginLookup;
const none = {
  connector: () => {
    throw new Error('not installed');
  },
  find: () => undefined,
  all: () => [],
} as unknown as PluginLookup;

const JAAS = 'M required username="bob" password="in-the-line" extra="x-y-z";';
const CONFIG = {
  'connector.class': 'X',
  name: 'n',
  pin: 'p1',
  'token.field': 'f',
  transforms: 'a',
  'transforms.a.type': 'T',
  'transforms.a.pin': 'p2',
  'transforms.a.token.field': 'f',
  'value.converter': 'C',
  'value.converter.pin': 'p3',
  'producer.override.sasl.jaas.config': JAAS,
  'admin.override.ssl.key.password': 'p4',
  'consumer.override.client.id': 'c',
  'unknown.secret': 'p5',
};

test('passwords are what plugins and clients define as such; of the rest the name decides', () => {
  const always = ['producer.override.sasl.jaas.config', 'admin.override.ssl.key.password', 'unknown.secret'];
  const passwords = ['pin', 'transforms.a.pin', 'value.converter.pin', ...always];
  expect(passwordNames(CONFIG, { plugins, worker })).toEqual(passwords);
  expect(passwordNames(CONFIG, { plugins: none, worker })).toEqual([
    'token.field',
    'transforms.a.token.field',
    ...always,
  ]);
});

test('secrets are passwords, what JAAS lines hold, and what providers found', () => {
  const found = new Map([['${env:X}', 'from-env']]);
  expect(connectorSecrets({ properties: CONFIG, found }, { plugins, worker })).toEqual([
    'from-env',
    'p1',
    'p2',
    'p3',
    JAAS,
    'in-the-line',
    'x-y-z',
    'p4',
    'p5',
  ]);
});

test('variables of passwords are those that are long enough to be told apart', () => {
  const stored = { ...CONFIG, pin: 'x${env:A}${env:B}', 'token.field': '${env:C}' };
  const found = new Map([
    ['${env:A}', 'long-enough'],
    ['${env:B}', 'short'],
    ['${env:C}', 'no-password'],
  ]);
  const variables = secretVariables(stored, { properties: CONFIG, found }, { plugins, worker });
  expect([...variables]).toEqual([['${env:A}', 'long-enough']]);
});

test("a worker's secrets are its passwords, those for clients and listeners too", () => {
  const properties = {
    ...PROPERTIES,
    'ssl.key.password': 'p1',
    'listeners.https.ssl.keystore.password': 'p2',
    'producer.sasl.jaas.config': 'not a line',
    'config.providers.vault.param.token': 'p3',
    'value.converter.api.key': 'p4',
  };
  expect(workerSecrets(properties)).toEqual(['p1', 'p2', 'not a line', 'p3', 'p4']);
});
