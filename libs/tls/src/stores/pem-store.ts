import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { StoreError } from './store.js';

const CERTIFICATE =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;
const CERTIFICATE_BEGIN = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/g;
const PRIVATE_KEY = /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY-----[\s\S]+?-----END ([A-Z0-9]+ )*PRIVATE KEY-----/;
const BLOCK = /(-----BEGIN [A-Z0-9 ]+-----)([A-Za-z0-9+/=\s]+)(-----END [A-Z0-9 ]+-----)/g;

/** The certificates in a text, each in PEM. */
export function pemCertificates(text: string): string[] {
  const blocks = plainLines(text).match(CERTIFICATE) ?? [];
  if ((text.match(CERTIFICATE_BEGIN) ?? []).length > blocks.length) throw new StoreError('a certificate is cut off');
  if (blocks.length === 0) throw new StoreError('it holds no certificate in PEM');
  return blocks.map((block) => {
    try {
      return new X509Certificate(block).toString();
    } catch (cause) {
      throw new StoreError('one of its certificates cannot be read', { cause });
    }
  });
}

/** The private key in a text. */
export function pemKey(text: string, password: string | undefined): KeyObject {
  const [block] = PRIVATE_KEY.exec(plainLines(text)) ?? [];
  if (block === undefined) throw new StoreError('it holds no private key in PEM');
  try {
    return createPrivateKey({ key: block, ...(password === undefined ? {} : { passphrase: password }) });
  } catch (cause) {
    const locked = /ENCRYPTED/.test(block);
    const reason = password === undefined ? 'its private key needs a password' : 'the password of its key is wrong';
    throw new StoreError(locked ? reason : 'its private key cannot be read', { cause });
  }
}

/** A block that came through a properties file may have its line ends written as `\n`, or spaces in their place. */
function plainLines(text: string): string {
  return text
    .replaceAll('\\n', '\n')
    .replace(BLOCK, (_block, begin: string, body: string, end: string) =>
      [begin, ...body.trim().split(/\s+/), end].join('\n'),
    );
}
