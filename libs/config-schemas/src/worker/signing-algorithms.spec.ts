import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { hashOf, sessionKeyBytes } from './signing-algorithms.js';

const KEY = Buffer.from(Array.from({ length: 32 }, (_, index) => index));

// Made by javax.crypto.Mac.
it.each([
  ['HmacMD5', 'lorYhkIwS0NnfPw9aztYaA=='],
  ['HmacSHA1', '5T7h/VNkGyKnCW7LXlZOdxqhzxk='],
  ['HmacSHA224', 'EcjJb+KWV59Nb9q5CSdPHRdfTh8O6IyV8rZEEw=='],
  ['HmacSHA256', '1DC83pOnwFLPTHdtSf3+4al9pO0sGs47N4BCVmuCt18='],
  ['HmacSHA384', '6FeDZ/BXnXn8CCYKYIt9KvAt57o4hZQ2ajGucZ2nIll6fh6UZmR810uk/GiOXemn'],
  ['HmacSHA512', 'Sq/9bc4QNOzzsD69Xq4q9mKsqGbmQOp8d6cF04IPNaQZZRPHWqk26dVaclSLUlGQqh2dhGlqOE7p8ONsyKPcRg=='],
  ['HmacSHA512/224', 'giBxU4KlXgzF9DHAXpgjE1PCGjtpLkxV69IEDg=='],
  ['HmacSHA512/256', 'yQpA8t4vf+vE5+rv9DexTAToWQ+4E5e40Rf4XpUeFWI='],
  ['HmacSHA3-224', 'VEB8/oqVyy7VFOV5e3Qs0TTA+Lf3nfWRE7J0Hg=='],
  ['HmacSHA3-256', 'jvnGhj8O8Opy1K99cgyQtynhmiUFwHyCVj0M9fzPPXI='],
  ['HmacSHA3-384', 'ZA6/aFHxpUqlkrcjortA0MUtXrlz+GmfeeA3VRDOchFS3H5rhybpgYxU/81H/Us6'],
  ['HmacSHA3-512', 'lubxqVKZ2F5yh9aRsLwKal43TRJXtnHlS77XNs2m93jqhUp5wy0FwcomSTt4TR2iQNur0n78m3k5iTVMF0CeCQ=='],
])('%s is the one of the JVM, in any case of its name', (algorithm, mac) => {
  for (const name of [algorithm, algorithm.toLowerCase()]) {
    const hash = hashOf(name);
    if (hash === undefined) throw new Error(`${name} is unknown`);
    expect(createHmac(hash, KEY).update('{"a":"b"}').digest('base64')).toBe(mac);
  }
});

it.each(['HmacSHA999', 'PBEWithHmacSHA256', 'SslMacMD5', '', 'constructor'])('%s makes no signatures', (name) => {
  expect(hashOf(name)).toBeUndefined();
});

it.each([
  ['HmacSHA256', undefined, 32],
  ['hmacsha1', undefined, 64],
  ['HmacSHA512/224', undefined, 28],
  ['HmacSHA3-384', 40, 5],
  ['HmacSHA256', 41, 6],
  ['AES', undefined, 16],
  ['AES', 256, 32],
  ['DES', undefined, 8],
  ['DESede', undefined, 24],
  ['DESede', 112, 24],
  ['Blowfish', 32, 4],
  ['ChaCha20', 256, 32],
  ['RC2', 1024, 128],
])('a key of %s with size %s has %i bytes, as in the JVM', (algorithm, size, bytes) => {
  expect(sessionKeyBytes(algorithm, size)).toBe(bytes);
});

it.each([
  ['HmacSHA256', 39, 'Key length must be at least 40 bits'],
  ['HmacSHA256', 65_537, 'at most 65536'],
  ['AES', 7, 'Key length must be one of 128, 192, 256 bits'],
  ['Blowfish', 33, 'a multiple of 8'],
  ['ARCFOUR', 1025, 'between 40 and 1024 bits'],
])('a key of %s is not made with size %i', (algorithm, size, rule) => {
  expect(() => sessionKeyBytes(algorithm, size)).toThrow(
    `Unable to create key generator with algorithm ${algorithm} and key size ${size} (inter.worker.key.size): `,
  );
  expect(() => sessionKeyBytes(algorithm, size)).toThrow(rule);
});
