import type { SslProperties } from './ssl-properties.js';

const PROVIDER = 'ssl.provider';
const KEY_MANAGERS = ['SunX509', 'NewSunX509', 'PKIX', 'IbmX509', 'IbmPKIX'];
const TRUST_MANAGERS = ['PKIX', 'SunX509', 'SunPKIX', 'X509', 'X.509', 'IbmX509', 'IbmPKIX'];
const SECURE_RANDOMS = [
  'NativePRNG',
  'NativePRNGBlocking',
  'NativePRNGNonBlocking',
  'SHA1PRNG',
  'DRBG',
  'PKCS11',
  'Windows-PRNG',
];

/**
 * Checks the properties that choose a part of a JVM and returns the names of those that are set to something other than
 * the default: they have no effect here. A provider can be any that is installed, so it only has to look like a name.
 */
export function jvmOnlyProperties(ssl: SslProperties): string[] {
  const provider = ssl.get(PROVIDER);
  if (provider !== undefined && !/^[\w][\w.-]*$/.test(provider)) {
    throw ssl.invalid(PROVIDER, provider, "not the name of a JVM's security provider, e.g. SunJSSE");
  }
  return [...httpsJvmOnlyProperties(ssl), ...setTo(ssl, 'ssl.protocol', 'TLSv1.3')];
}

/** The same for HTTPS, where the reference takes any provider, and `ssl.protocol` has an effect. */
export function httpsJvmOnlyProperties(ssl: SslProperties): string[] {
  checkName(ssl, 'ssl.keymanager.algorithm', KEY_MANAGERS);
  checkName(ssl, 'ssl.trustmanager.algorithm', TRUST_MANAGERS);
  checkName(ssl, 'ssl.secure.random.implementation', SECURE_RANDOMS);
  return [
    ...setTo(ssl, PROVIDER, undefined),
    ...setTo(ssl, 'ssl.keymanager.algorithm', 'SunX509'),
    ...setTo(ssl, 'ssl.trustmanager.algorithm', 'PKIX'),
    ...setTo(ssl, 'ssl.secure.random.implementation', undefined),
  ];
}

const mentioned = new Set<string>();

/** Of properties without effect, those that were not asked about before: each is to be mentioned once per process. */
export function notMentionedYet(ssl: SslProperties, names: readonly string[]): string[] {
  const fresh = names.map((name) => ssl.fullName(name)).filter((name) => !mentioned.has(name));
  for (const name of fresh) mentioned.add(name);
  return fresh;
}

/** Java does not mind the case of algorithms' names. */
function checkName(ssl: SslProperties, name: string, known: readonly string[]): void {
  const value = ssl.given(name);
  if (value === undefined || known.some((each) => each.toLowerCase() === value.toLowerCase())) return;
  throw ssl.invalid(name, value, `String must be one of: ${known.join(', ')}`);
}

function setTo(ssl: SslProperties, name: string, standard: string | undefined): string[] {
  const value = ssl.get(name);
  return value === undefined || value === standard ? [] : [name];
}
