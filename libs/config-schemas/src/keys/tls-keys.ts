import { key, type Keys } from './key.js';

/** How to speak TLS: to brokers as they stand here, on REST listeners below `listeners.https.`. */
export const tlsKeys: Keys = {
  'ssl.protocol': key(
    'STRING',
    'TLSv1.3',
    'MEDIUM',
    'A TLS version that Java knows. For https, `TLSv1.2` allows that one alone; for Kafka `ssl.enabled.protocols` decides.',
  ),
  'ssl.provider': key('STRING', null, 'MEDIUM', 'Name of a JVM security provider; has no effect here.'),
  'ssl.cipher.suites': key(
    'LIST',
    [],
    'LOW',
    'The cipher suites to offer, for https also regular expressions; empty: all that are safe.',
  ),
  'ssl.enabled.protocols': key('LIST', ['TLSv1.2', 'TLSv1.3'], 'MEDIUM', 'The TLS versions that may be used.'),
  'ssl.keystore.type': key('STRING', 'JKS', 'MEDIUM', 'Format of the key store: JKS, PKCS12 or PEM.'),
  'ssl.keystore.location': key('STRING', null, 'HIGH', 'File with our private key and certificate.'),
  'ssl.keystore.password': key('PASSWORD', null, 'HIGH', 'Password of the key store; not used with PEM.'),
  'ssl.key.password': key('PASSWORD', null, 'HIGH', 'Password of the private key.'),
  'ssl.keystore.key': key('PASSWORD', null, 'HIGH', 'Our private key itself, in PEM.'),
  'ssl.keystore.certificate.chain': key('PASSWORD', null, 'HIGH', 'Our certificate chain itself, in PEM.'),
  'ssl.truststore.certificates': key('PASSWORD', null, 'HIGH', 'The trusted certificates themselves, in PEM.'),
  'ssl.truststore.type': key('STRING', 'JKS', 'MEDIUM', 'Format of the trust store: JKS, PKCS12 or PEM.'),
  'ssl.truststore.location': key('STRING', null, 'HIGH', 'File with the certificates that we trust.'),
  'ssl.truststore.password': key('PASSWORD', null, 'HIGH', 'Password of the trust store; not used with PEM.'),
  'ssl.keymanager.algorithm': key('STRING', 'SunX509', 'LOW', 'A JVM setting; has no effect here.'),
  'ssl.trustmanager.algorithm': key('STRING', 'PKIX', 'LOW', 'A JVM setting; has no effect here.'),
  'ssl.endpoint.identification.algorithm': key(
    'STRING',
    'https',
    'LOW',
    'How the host name of the other side is checked against its certificate; empty: not at all.',
  ),
  'ssl.secure.random.implementation': key('STRING', null, 'LOW', 'A JVM setting; has no effect here.'),
  'ssl.engine.factory.class': key('CLASS', null, 'LOW', 'A JVM class; has no effect here.'),
};
