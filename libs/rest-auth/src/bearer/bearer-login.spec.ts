import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workerDefinition } from '@tributary/config-schemas';
import { BearerLogin } from './bearer-login.js';

const ISSUER = 'https://id.example.com';
const WORKER = {
  'bootstrap.servers': 'b:9092',
  'group.id': 'g',
  'config.storage.topic': 'c',
  'offset.storage.topic': 'o',
  'status.storage.topic': 's',
  'key.converter': 'K',
  'value.converter': 'V',
};

let directory: string;
let file: string;
let key: CryptoKey;
let jwk: Awaited<ReturnType<typeof exportJWK>>;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'bearer-'));
  const pair = await generateKeyPair('ES256');
  key = pair.privateKey;
  jwk = { ...(await exportJWK(pair.publicKey)), kid: 'one' };
  file = join(directory, 'jwks.json');
  writeFileSync(file, JSON.stringify({ keys: [jwk] }));
});
afterAll(() => rmSync(directory, { recursive: true }));

function bearer(more: Record<string, string> = {}, jwks = file): BearerLogin {
  const rules = { 'rest.auth.jwt.issuer': ISSUER, 'rest.auth.jwt.audience': 'connect,other', ...more };
  return BearerLogin.from(workerDefinition.parse({ ...WORKER, ...rules }), jwks);
}

/** Seconds since 1970, so many from now. */
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

const CLAIMS = { iss: ISSUER, aud: 'connect', sub: 'alice', roles: ['admin'] };

const signed = (claims: Record<string, unknown>, signer = key, header = { alg: 'ES256', kid: 'one' }) =>
  new SignJWT({ exp: inSeconds(600), ...claims }).setProtectedHeader(header).sign(signer);

const loginWith = async (login: BearerLogin, token: string | Promise<string>) => login.login(`Bearer ${await token}`);

describe('a token', () => {
  test.each<[string, Record<string, string>, Record<string, unknown>, unknown]>([
    ['a role in a list', {}, {}, { user: 'alice', role: 'admin' }],
    ['a role in a text', {}, { roles: 'x read-only' }, { user: 'alice', role: 'read-only' }],
    ['no role', {}, { roles: undefined }, { user: 'alice', role: undefined }],
    ['a role of another kind', {}, { roles: { admin: true } }, { user: 'alice', role: undefined }],
    [
      'a role inside of an object, and a name of its own',
      { 'rest.auth.jwt.roles.claim': 'realm.roles', 'rest.auth.jwt.user.claim': 'https://x.example/name' },
      { realm: { roles: ['admin'] }, 'https://x.example/name': 'Al' },
      { user: 'Al', role: 'admin' },
    ],
    [
      'any role where all may read',
      { 'rest.auth.jwt.read.only.roles': '*' },
      { roles: [] },
      { user: 'alice', role: 'read-only' },
    ],
    ['several audiences', {}, { aud: ['x', 'other'] }, { user: 'alice', role: 'admin' }],
    [
      'a clock that is late',
      { 'rest.auth.jwt.clock.skew.ms': '3600000' },
      { exp: inSeconds(-600) },
      { user: 'alice', role: 'admin' },
    ],
  ])('with %s is taken', async (_what, properties, claims, principal) => {
    const login = await loginWith(bearer(properties), signed({ ...CLAIMS, ...claims }));
    expect(login).toEqual({ principal });
  });

  test.each<[string, Record<string, unknown>]>([
    ['of another issuer', { iss: 'https://evil.example.com' }],
    ['for another audience', { aud: 'billing' }],
    ['without an audience', { aud: undefined }],
    ['that has expired', { exp: inSeconds(-600) }],
    ['that never expires', { exp: undefined }],
    ['that is not valid yet', { nbf: inSeconds(600) }],
    ['without a name', { sub: undefined }],
    ['with an empty name', { sub: '' }],
  ])('%s is refused', async (_what, claims) => {
    expect(await loginWith(bearer(), signed({ ...CLAIMS, ...claims }))).toEqual({ problem: 'wrong' });
  });

  test('that someone else has signed, or nobody, or with a key that is no secret, is refused', async () => {
    const stranger = (await generateKeyPair('ES256')).privateKey;
    const publicKey = new TextEncoder().encode(JSON.stringify(jwk));
    const shared = new SignJWT({ ...CLAIMS, exp: inSeconds(600) }).setProtectedHeader({ alg: 'HS256', kid: 'one' });
    const tokens = [
      await signed(CLAIMS, stranger),
      new UnsecuredJWT({ ...CLAIMS, exp: inSeconds(600) }).encode(),
      await shared.sign(publicKey),
      `${(await signed(CLAIMS)).slice(0, -4)}AAAA`,
      'a.b.c',
      'abc',
    ];
    for (const token of tokens) expect(await loginWith(bearer(), token), token).toEqual({ problem: 'wrong' });
  });

  test('is refused where its algorithm is not among those that are accepted', async () => {
    const login = bearer({ 'rest.auth.jwt.algorithms': 'RS256' });
    expect(await loginWith(login, signed(CLAIMS))).toEqual({ problem: 'wrong' });
  });

  test('is missing where the header is none, of another scheme, or has no token', async () => {
    for (const header of [undefined, '', 'Basic YTpi', 'Bearer', 'Bearer a b'])
      expect(await bearer().login(header)).toEqual({ problem: 'missing' });
  });

  test('with a key that has come into the file since is taken', async () => {
    const later = await generateKeyPair('ES256');
    const own = join(directory, 'rotated.json');
    writeFileSync(own, JSON.stringify({ keys: [jwk] }));
    const login = bearer({}, own);
    const token = await signed(CLAIMS, later.privateKey, { alg: 'ES256', kid: 'two' });
    expect(await loginWith(login, token)).toEqual({ problem: 'wrong' });
    writeFileSync(own, JSON.stringify({ keys: [jwk, { ...(await exportJWK(later.publicKey)), kid: 'two' }] }));
    expect(await loginWith(login, token)).toEqual({ principal: { user: 'alice', role: 'admin' } });
    writeFileSync(own, '{');
    const unknown = await signed(CLAIMS, later.privateKey, { alg: 'ES256', kid: 'three' });
    expect(await loginWith(login, unknown)).toEqual({ problem: 'unchecked' });
  });
});

describe('keys behind a URL', () => {
  let server: Server;
  let url: string;
  let status = 200;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ keys: [jwk] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  });
  afterAll(() => server.close());

  test('are fetched when they are needed', async () => {
    status = 200;
    const login = bearer({}, url);
    expect(await loginWith(login, signed(CLAIMS))).toEqual({ principal: { user: 'alice', role: 'admin' } });
    const other = signed(CLAIMS, key, { alg: 'ES256', kid: 'nobody' });
    expect(await loginWith(login, other)).toEqual({ problem: 'wrong' });
  });

  test('that cannot be fetched say nothing about a token', async () => {
    status = 500;
    expect(await loginWith(bearer({}, url), signed(CLAIMS))).toEqual({ problem: 'unchecked' });
    expect(await loginWith(bearer({}, 'http://127.0.0.1:1/'), signed(CLAIMS))).toEqual({ problem: 'unchecked' });
  });
});

test.each<[string, () => unknown, RegExp]>([
  ['no issuer', () => BearerLogin.from(workerDefinition.parse(WORKER), file), /"rest\.auth\.jwt\.issuer"/],
  ['no audience', () => bearer({ 'rest.auth.jwt.audience': '' }), /"rest\.auth\.jwt\.audience"/],
  ['http to elsewhere', () => bearer({}, 'http://id.example.com/'), /http is for this machine alone$/],
  ['no URL', () => bearer({}, 'https://'), /must be a file or an https URL/],
  [
    'no file',
    () => bearer({}, join(directory, 'nope')),
    /^Could not read the file of rest\.auth\.jwt\.jwks .*nope: ENOENT/,
  ],
  [
    'no keys in the file',
    () => {
      const own = join(directory, 'odd.json');
      writeFileSync(own, '{"secret":1');
      return bearer({}, own);
    },
    /odd\.json: it is no JSON Web Key Set$/,
  ],
  [
    'a shared secret',
    () => bearer({ 'rest.auth.jwt.algorithms': 'RS256,HS256' }),
    /^Invalid value HS256 .*must be one of: RS256/,
  ],
  ['no algorithm', () => bearer({ 'rest.auth.jwt.algorithms': '' }), /rest\.auth\.jwt\.algorithms/],
  [
    'a role that is both',
    () => bearer({ 'rest.auth.jwt.admin.roles': 'read-only' }),
    /it is also in rest\.auth\.jwt\.admin\.roles$/,
  ],
])('%s is refused at the start', (_what, start, problem) => {
  expect(start).toThrow(problem);
});
