import { ConfigError, invalidValue, lambda, type ParsedValue, type Validator } from '@tributary/connect-api';

/** The signatures that this program can make and check, by the JVM's names, and their hashes in Node's crypto. */
const HASHES: Readonly<Record<string, string>> = {
  HmacMD5: 'md5',
  HmacSHA1: 'sha1',
  HmacSHA224: 'sha224',
  HmacSHA256: 'sha256',
  HmacSHA384: 'sha384',
  HmacSHA512: 'sha512',
  'HmacSHA512/224': 'sha512-224',
  'HmacSHA512/256': 'sha512-256',
  'HmacSHA3-224': 'sha3-224',
  'HmacSHA3-256': 'sha3-256',
  'HmacSHA3-384': 'sha3-384',
  'HmacSHA3-512': 'sha3-512',
};

/** The sizes of the keys that a generator makes, in bits. */
interface KeySizes {
  /** where none is asked for; the JVM's */
  readonly usual: number;
  readonly allowed: (bits: number) => boolean;
  /** what is allowed, in words */
  readonly rule: string;
  /** bits that are made for those asked for, where some are parity */
  readonly made?: (bits: number) => number;
}

const atLeast40 = (usual: number): KeySizes => ({
  usual,
  allowed: (bits) => bits >= 40 && bits <= 65_536,
  rule: 'Key length must be at least 40 bits and at most 65536',
});
const from40to1024: KeySizes = {
  usual: 128,
  allowed: (bits) => bits >= 40 && bits <= 1024,
  rule: 'Key length must be between 40 and 1024 bits',
};
const oneOfSizes = (...sizes: readonly [number, ...number[]]): KeySizes => ({
  usual: sizes[0],
  allowed: (bits) => sizes.includes(bits),
  rule: `Key length must be one of ${sizes.join(', ')} bits`,
});

/** What makes keys, by the JVM's names. Whatever the name, a key is random bytes; generators differ in their sizes. */
const GENERATORS: Readonly<Record<string, KeySizes>> = {
  HmacMD5: atLeast40(512),
  HmacSHA1: atLeast40(512),
  HmacSHA224: atLeast40(224),
  HmacSHA256: atLeast40(256),
  HmacSHA384: atLeast40(384),
  HmacSHA512: atLeast40(512),
  'HmacSHA512/224': atLeast40(224),
  'HmacSHA512/256': atLeast40(256),
  'HmacSHA3-224': atLeast40(224),
  'HmacSHA3-256': atLeast40(256),
  'HmacSHA3-384': atLeast40(384),
  'HmacSHA3-512': atLeast40(512),
  AES: oneOfSizes(128, 192, 256),
  ARCFOUR: from40to1024,
  Blowfish: {
    usual: 128,
    allowed: (bits) => bits >= 32 && bits <= 448 && bits % 8 === 0,
    rule: 'Key length must be a multiple of 8 between 32 and 448 bits',
  },
  ChaCha20: oneOfSizes(256),
  DES: { ...oneOfSizes(56), made: () => 64 },
  DESede: { ...oneOfSizes(168, 112), made: () => 192 },
  RC2: from40to1024,
};

/** The hash of a signature algorithm as Node's crypto calls it, e.g. `sha256` for `HmacSHA256`; undefined: unknown. */
export function hashOf(macAlgorithmName: string): string | undefined {
  return named(HASHES, macAlgorithmName);
}

/**
 * The size in bytes of a key that `algorithm` generates when asked for `sizeBits`; undefined: of the usual size. Throws a
 * {@link ConfigError} that says which sizes it allows.
 */
export function sessionKeyBytes(algorithm: string, sizeBits: number | undefined): number {
  const sizes = named(GENERATORS, algorithm);
  if (sizes === undefined) throw unsupported(GENERATORS, 'inter.worker.key.generation.algorithm', algorithm);
  const bits = sizeBits ?? sizes.usual;
  if (!sizes.allowed(bits)) {
    throw new ConfigError(
      `Unable to create key generator with algorithm ${algorithm} and key size ${bits} (inter.worker.key.size): ${sizes.rule}`,
    );
  }
  return Math.ceil((sizes.made?.(bits) ?? bits) / 8);
}

/** The JVM does not tell upper from lower case in names of algorithms. */
function named<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.entries(table).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
}

function unsupported(table: object, name: string, value: ParsedValue): ConfigError {
  const reason = `the algorithm is not supported by this worker; the supported algorithms are: [${Object.keys(table).join(', ')}]`;
  return invalidValue(name, value, reason);
}

const oneIn = (table: Readonly<Record<string, unknown>>, description: string): Validator =>
  lambda((name, value) => {
    if (typeof value !== 'string' || named(table, value) === undefined) throw unsupported(table, name, value);
  }, description);

export const keyAlgorithm = oneIn(GENERATORS, 'a key generation algorithm that this worker knows');
export const macAlgorithm = oneIn(HASHES, 'a MAC algorithm that this worker knows');

export const macAlgorithms = lambda((name, value) => {
  if (!Array.isArray(value) || value.length === 0) {
    throw invalidValue(name, value, 'At least one signature verification algorithm must be provided');
  }
  for (const algorithm of value) {
    if (hashOf(algorithm) === undefined) throw unsupported(HASHES, name, algorithm);
  }
}, 'one or more MAC algorithms that this worker knows');
