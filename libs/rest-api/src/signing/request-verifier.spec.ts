import type { SessionKey } from '@tributary/kafka-storage';
import { describe, expect, test } from 'vitest';
import { keyOf, KeyTopic } from '../testing/key-topic.js';
import { MAX_CLOCK_SKEW_MS, RequestVerifier, signatureClaimOf, type RequestHead } from './request-verifier.js';
import { SeenNonces } from './seen-nonces.js';
import { SessionKeys } from './session-keys.js';
import { bodyDigest, signatureHeaders, SIGNATURE_HEADERS } from './signature.js';

const NOW = 1_700_000_000_000;
const HERE = 'http://here:1';
const KEY = keyOf('the key of the cluster');
let nonces = 0;

interface Sent {
  readonly key?: SessionKey;
  readonly algorithm?: string;
  readonly target?: string;
  readonly time?: number;
}

function head({ key = KEY, algorithm = 'HmacSHA256', target = HERE, time = NOW }: Sent = {}): RequestHead {
  const parts = { method: 'PUT', path: '/connectors/a/config?x=1', contentType: 'application/json', forwarded: '0' };
  nonces += 1;
  const headers = signatureHeaders(key, algorithm, {
    ...parts,
    target,
    time: String(time),
    nonce: String(nonces).padStart(22, '0'),
    digest: bodyDigest('{}'),
  });
  return { method: parts.method, url: parts.path, headers: { ...headers, 'content-type': parts.contentType } };
}

interface Rig {
  readonly topic?: KeyTopic;
  readonly verification?: readonly string[];
  readonly here?: string | undefined;
  readonly startedAt?: number;
  readonly memory?: SeenNonces;
}

/** Asks a process that began a day ago, and gives the status of its refusal and the reason. */
function verifierOf(options: Rig = {}) {
  const { topic = new KeyTopic(KEY), verification = ['HmacSHA256'], startedAt = NOW - 86_400_000, memory } = options;
  const keys = new SessionKeys(topic, { signature: 'HmacSHA256', verification });
  let now = startedAt;
  const here = 'here' in options ? options.here : HERE;
  const verifier = new RequestVerifier(
    keys,
    () => here,
    () => now,
    memory,
  );
  now = NOW;
  return async (sent: RequestHead) => {
    const claim = signatureClaimOf(sent);
    if (claim === undefined) return '403 unsigned';
    const problem = await verifier.problem(claim);
    return problem === undefined ? 'good' : `${problem.status} ${problem.message}`;
  };
}

test('a signed request is good, once', async () => {
  const verify = verifierOf();
  const request = head();
  expect(await verify(request)).toBe('good');
  expect(await verify(request)).toBe('403 Internal request was seen before');
  expect(await verify(head())).toBe('good');
});

test('two copies at the same time are one too many, also where the key must be looked for', async () => {
  const topic = new KeyTopic(keyOf('old'));
  topic.hold(KEY);
  const verify = verifierOf({ topic });
  const request = head();
  const outcomes = await Promise.all([verify(request), verify(request)]);
  expect(outcomes.filter((each) => each === 'good')).toHaveLength(1);
});

test.each(Object.values(SIGNATURE_HEADERS))('a request without %s is not signed', async (name) => {
  const { headers, ...rest } = head();
  for (const value of [undefined, ['a', 'b'], 'a, b'])
    expect(await verifierOf()({ ...rest, headers: { ...headers, [name]: value } })).not.toBe('good');
});

test.each([...Object.values(SIGNATURE_HEADERS), 'content-type'])(
  'one whose %s was altered is refused',
  async (name) => {
    const { headers, ...rest } = head();
    const value = String(headers[name]);
    for (const altered of [`${value.slice(0, -2)}${value.endsWith('0') ? '11' : '00'}`, `${value}0`, ''])
      expect(await verifierOf()({ ...rest, headers: { ...headers, [name]: altered } })).toMatch(/^403 /);
  },
);

test.each([{ method: 'DELETE' }, { url: '/connectors/b/config?x=1' }, { url: '/connectors/a/config' }])(
  'one that became %o is refused',
  async (altered) => {
    expect(await verifierOf()({ ...head(), ...altered })).toBe('403 Internal request contained invalid signature.');
  },
);

describe('the key', () => {
  test('is looked for once where no known one fits', async () => {
    const topic = new KeyTopic(keyOf('old'));
    topic.hold(KEY);
    expect(await verifierOf({ topic })(head())).toBe('good');
    expect(topic.refreshes).toBe(1);
  });

  test('is not looked for where the request is not for this process, or not for now', async () => {
    const topic = new KeyTopic(keyOf('old'));
    const verify = verifierOf({ topic });
    for (const sent of [{ target: 'http://there:1' }, { time: NOW - 60_001 }, { algorithm: 'HmacSHA1' }])
      expect(await verify(head(sent))).toMatch(/^403 /);
    expect(topic.refreshes).toBe(0);
  });

  test.each<[string, Rig, number]>([
    ['is another one', { topic: new KeyTopic(keyOf('guessed')) }, 403],
    ['is not there yet', { topic: new KeyTopic() }, 503],
    [
      'cannot be read',
      { topic: Object.assign(new KeyTopic(keyOf('old')), { refresh: () => Promise.reject(new Error('no Kafka')) }) },
      503,
    ],
  ])('that %s lets nobody in', async (_what, rig, status) => {
    expect(await verifierOf(rig)(head())).toMatch(new RegExp(`^${status} `));
  });
});

describe('the algorithm', () => {
  test.each(['HmacSHA512', 'hmacsha512', 'HmacSHA3-256'])(
    '%s is accepted where it is configured',
    async (algorithm) => {
      const verification = ['HmacSHA512', 'HmacSHA3-256'];
      expect(await verifierOf({ verification })(head({ algorithm }))).toBe('good');
      const refusal = await verifierOf()(head({ algorithm }));
      expect(refusal).toMatch(
        /^403 .*it is configured to use \[HmacSHA256\] \(inter\.worker\.verification\.algorithms\)/,
      );
    },
  );

  test('that nobody knows is refused as well', async () => {
    const { headers, ...rest } = head();
    const unknown = { ...rest, headers: { ...headers, [SIGNATURE_HEADERS.algorithm]: 'none' } };
    expect(await verifierOf()(unknown)).toMatch(/^403 /);
  });
});

describe('the time', () => {
  test.each([-MAX_CLOCK_SKEW_MS, MAX_CLOCK_SKEW_MS])('may differ by %i ms', async (skew) => {
    expect(await verifierOf()(head({ time: NOW + skew }))).toBe('good');
  });

  test.each([-MAX_CLOCK_SKEW_MS - 1, MAX_CLOCK_SKEW_MS + 1])('may not differ by %i ms', async (skew) => {
    expect(await verifierOf()(head({ time: NOW + skew }))).toBe(
      '403 Internal request is too old or from the future: the clocks of workers must agree',
    );
  });

  test('before the process began is not for it, as the one before may have seen the request', async () => {
    const verify = verifierOf({ startedAt: NOW - 1_000 });
    expect(await verify(head({ time: NOW - 1_001 }))).toMatch(/^503 /);
    expect(await verify(head({ time: NOW - 1_000 }))).toBe('good');
  });
});

test('a request for another process is refused, and any while the own address is not known', async () => {
  expect(await verifierOf()(head({ target: 'http://there:1' }))).toBe(
    `403 Internal request was signed for another worker than this one, ${HERE}`,
  );
  expect(await verifierOf({ here: undefined })(head())).toMatch(/^503 /);
});

test('what could not be remembered is not taken', async () => {
  const verify = verifierOf({ memory: new SeenNonces(1, 1, () => 0) });
  expect(await verify(head())).toBe('good');
  expect(await verify(head())).toMatch(/^503 /);
});

test('what is not signed takes no place in the memory', async () => {
  const verify = verifierOf({ memory: new SeenNonces(1, 1, () => 0) });
  expect(await verify(head({ key: keyOf('guessed') }))).toMatch(/^403 /);
  expect(await verify(head())).toBe('good');
});
