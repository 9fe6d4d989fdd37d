import type { SslProperties } from './ssl-properties.js';

const KEY_MANAGERS = ['SunX509', 'NewSunX509', 'PKIX', 'X509', 'IbmX509', 'IbmPKIX'];
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
  const provider = ssl.get('ssl.provider');
  if (provider !== undefined && !/^[\w][\w.-]*$/.test(provider)) {
    throw ssl.invalid('ssl.provider', provider, "not the name of a JVM's security provider, e.g. SunJSSE");
  }
  checkName(ssl, 'ssl.keymanager.algorithm', KEY_MANAGERS);
  checkName(ssl, 'ssl.trustmanager.algorithm', TRUST_MANAGERS);
  checkName(ssl, 'ssl.secure.random.implementation', SECURE_RANDOMS);
  return [
    ...(provider === undefined ? [] : ['ssl.provider']),
    ...setTo(ssl, 'ssl.keymanager.algorithm', 'SunX509'),
    ...setTo(ssl, 'ssl.trustmanager.algorithm', 'PKIX'),
    ...setTo(ssl, 'ssl.secure.random.implementation', undefined),
    ...setTo(ssl, 'ssl.protocol', 'TLSv1.3'),
  ].map((name) => ssl.fullName(name));
}

/** Java does not mind the case of algorithms' names. */
function checkName(ssl: SslProperties, name: string, known: readonly string[]): void {
  const value = ssl.get(name);
  if (value === undefined || known.some((each) => each.toLowerCase() === value.toLowerCase())) return;
  throw ssl.invalid(name, value, `String must be one of: ${known.join(', ')}`);
}

function setTo(ssl: SslProperties, name: string, standard: string | undefined): string[] {
  const value = ssl.get(name);
  return value === undefined || value === standard ? [] : [name];
}
