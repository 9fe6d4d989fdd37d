import { ConfigError, invalidValue, lambda, type ParsedValue } from '@tributary/connect-api';

/** The signatures that this program can make and check, by the JVM's names, and their names in Node's crypto. */
const HASHES = {
  HmacMD5: 'md5',
  HmacSHA1: 'sha1',
  HmacSHA256: 'sha256',
  HmacSHA224: 'sha224',
  HmacSHA384: 'sha384',
  HmacSHA512: 'sha512',
} as const;

const MAC_ALGORITHMS = Object.keys(HASHES);

/** Keys shorter than this are refused, bits. */
const MIN_KEY_BITS = 40;

/** The hash of a signature algorithm as Node's crypto calls it, e.g. `sha256` for `HmacSHA256`. */
export function hashOf(macAlgorithmName: string): string {
  const found = Object.entries(HASHES).find(([name]) => name.toLowerCase() === macAlgorithmName.toLowerCase());
  if (found === undefined) throw unsupported('inter.worker.signature.algorithm', macAlgorithmName);
  return found[1];
}

function unsupported(name: string, value: ParsedValue): ConfigError {
  return invalidValue(
    name,
    value,
    `the algorithm is not supported by this worker; the supported algorithms are: [${MAC_ALGORITHMS.join(', ')}]`,
  );
}

function check(name: string, value: ParsedValue): void {
  const known = typeof value === 'string' && MAC_ALGORITHMS.some((each) => each.toLowerCase() === value.toLowerCase());
  if (!known) throw unsupported(name, value);
}

export const keyAlgorithm = lambda(check, 'a key generation algorithm that this worker knows');
export const macAlgorithm = lambda(check, 'a MAC algorithm that this worker knows');

export const macAlgorithms = lambda((name, value) => {
  if (!Array.isArray(value) || value.length === 0) {
    throw invalidValue(name, value, 'At least one signature verification algorithm must be provided');
  }
  for (const algorithm of value) check(name, algorithm);
}, 'one or more MAC algorithms that this worker knows');

export const inKeySize = lambda((name, value) => {
  if (value === null) return;
  if (typeof value !== 'number' || value < MIN_KEY_BITS) {
    throw invalidValue(name, value, `Key length must be at least ${MIN_KEY_BITS} bits`);
  }
}, `at least ${MIN_KEY_BITS}`);
