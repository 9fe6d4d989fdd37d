import { createPrivateKey, X509Certificate } from 'node:crypto';
import forge from 'node-forge';
import { certificatePem, StoreError, type KeyEntry, type Store, type StorePasswords } from './store.js';

/** Java marks a certificate that is trusted by itself, and not part of a key's chain, with this attribute. */
const TRUSTED_MARK = 'javaTrustedKeyUsage';
forge.pki.oids['2.16.840.1.113894.746875.1.1'] = TRUSTED_MARK;

interface Bag {
  readonly id: string | undefined;
  readonly trusted: boolean;
  readonly der: Buffer;
}

export function isPkcs12(content: Buffer): boolean {
  return content[0] === 0x30;
}

/**
 * Reads what Java's keytool or openssl has written. Where no certificate is marked as trusted and there is no key, all
 * certificates are: openssl does not know the mark.
 */
export function readPkcs12(content: Buffer, passwords: StorePasswords): Store {
  if (passwords.key !== undefined && passwords.key !== passwords.store) {
    throw new StoreError('a PKCS12 store and its key have the same password, but ssl.key.password is another');
  }
  const bags = open(content, passwords.store ?? '');
  const certificates = bagsOf(bags, 'certBag');
  const keys = [...bagsOf(bags, 'pkcs8ShroudedKeyBag'), ...bagsOf(bags, 'keyBag')];
  const marked = certificates.filter((each) => each.trusted);
  const trusted = marked.length === 0 && keys.length === 0 ? certificates : marked;
  return {
    keys: keys.map((each) => keyEntry(each, certificates)),
    trusted: trusted.map((each) => certificatePem(each.der)),
  };
}

function open(content: Buffer, password: string): forge.pkcs12.Pkcs12Pfx {
  try {
    return forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(content.toString('latin1')), false, password);
  } catch (cause) {
    const wrong = cause instanceof Error && /invalid password|decrypt/i.test(cause.message);
    const reason = wrong ? 'the password is wrong, or the file was damaged' : 'it is no PKCS12 store that can be read';
    throw new StoreError(reason, { cause });
  }
}

function bagsOf(pfx: forge.pkcs12.Pkcs12Pfx, name: 'certBag' | 'keyBag' | 'pkcs8ShroudedKeyBag'): Bag[] {
  const bagType = forge.pki.oids[name] ?? name;
  const bags = pfx.getBags({ bagType })[bagType] ?? [];
  return bags.map((bag) => {
    const attributes = bag.attributes as Readonly<Record<string, readonly string[] | undefined>>;
    return { id: attributes.localKeyId?.[0], trusted: attributes[TRUSTED_MARK] !== undefined, der: derOf(bag) };
  });
}

/** Keys and certificates of elliptic curves are left undecoded, those of RSA have been decoded. */
function derOf(bag: forge.pkcs12.Bag): Buffer {
  const asn1 = bag.cert
    ? forge.pki.certificateToAsn1(bag.cert)
    : bag.key
      ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key))
      : bag.asn1;
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1');
}

/** The key's own certificate bears its id; each that follows has signed the one before. */
function keyEntry(bag: Bag, certificates: readonly Bag[]): KeyEntry {
  const all = certificates.map((each) => ({ ...each, x509: new X509Certificate(each.der) }));
  const own = all.find((each) => each.id !== undefined && each.id === bag.id) ?? all[0];
  const chain = own === undefined ? [] : [own];
  for (let last = own; last !== undefined;) {
    const signed = last.x509;
    last = all.find((each) => !chain.includes(each) && signed.checkIssued(each.x509));
    if (last !== undefined) chain.push(last);
  }
  return {
    key: createPrivateKey({ key: bag.der, format: 'der', type: 'pkcs8' }),
    chain: chain.map((each) => certificatePem(each.der)),
  };
}
