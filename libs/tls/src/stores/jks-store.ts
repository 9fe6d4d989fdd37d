import { createHash, createPrivateKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { certificatePem, StoreError, type KeyEntry, type Store, type StorePasswords } from './store.js';

const MAGIC = 0xfeedfeed;
const DIGEST_LENGTH = 20;
const KEY_ENTRY = 1;
const CERTIFICATE_ENTRY = 2;

export function isJks(content: Buffer): boolean {
  return content.length > 12 && content.readUInt32BE(0) === MAGIC;
}

/**
 * Reads Java's own format. Magic, version 1 or 2, number of entries; each entry: kind, alias, time, then a protected key
 * with its chain or a certificate; at the end a SHA-1 digest of the password and all before it. Without a store password
 * the digest is not checked, as Java does it.
 */
export function readJks(content: Buffer, passwords: StorePasswords): Store {
  if (passwords.store !== undefined) checkDigest(content, passwords.store);
  const reader = new JksReader(content.subarray(0, -DIGEST_LENGTH));
  reader.uint32();
  const version = reader.uint32();
  if (version !== 1 && version !== 2) throw new StoreError(`version ${version} of the JKS format is not known`);
  const keys: KeyEntry[] = [];
  const trusted: string[] = [];
  for (let left = reader.uint32(); left > 0; left--) {
    const kind = reader.uint32();
    reader.text();
    reader.skip(8);
    if (kind === KEY_ENTRY) {
      const protectedKey = reader.bytes();
      const chain = Array.from({ length: reader.uint32() }, () => reader.certificate(version));
      keys.push({ key: openKey(protectedKey, passwords.key ?? passwords.store ?? ''), chain });
    } else if (kind === CERTIFICATE_ENTRY) {
      trusted.push(reader.certificate(version));
    } else {
      throw new StoreError(`an entry of kind ${kind} cannot be read`);
    }
  }
  return { keys, trusted };
}

function checkDigest(content: Buffer, password: string): void {
  const data = content.subarray(0, -DIGEST_LENGTH);
  const digest = createHash('sha1').update(utf16(password)).update('Mighty Aphrodite').update(data).digest();
  if (!timingSafeEqual(digest, content.subarray(-DIGEST_LENGTH))) {
    throw new StoreError('the password is wrong, or the file was damaged');
  }
}

/** The key is combined with a chain of SHA-1 digests that begins with password and salt; a digest at its end proves it. */
function openKey(encoded: Buffer, password: string): KeyObject {
  const box = forge.asn1.fromDer(encoded.toString('latin1')).value[1];
  if (typeof box !== 'object' || typeof box.value !== 'string') throw new StoreError('a key entry is damaged');
  const sealed = Buffer.from(box.value, 'latin1');
  const secret = utf16(password);
  const sha1 = (data: Buffer): Buffer => createHash('sha1').update(secret).update(data).digest();
  const plain = Buffer.from(sealed.subarray(DIGEST_LENGTH, -DIGEST_LENGTH));
  let pad: Buffer = sealed.subarray(0, DIGEST_LENGTH);
  for (let at = 0; at < plain.length; at++) {
    if (at % DIGEST_LENGTH === 0) pad = sha1(pad);
    plain[at] = (plain[at] ?? 0) ^ (pad[at % DIGEST_LENGTH] ?? 0);
  }
  if (!sha1(plain).equals(sealed.subarray(-DIGEST_LENGTH))) throw new StoreError('the password of its key is wrong');
  return createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' });
}

/** Java's digest takes each character of a password as two bytes. */
function utf16(password: string): Buffer {
  return Buffer.from(password, 'utf16le').swap16();
}

class JksReader {
  private at = 0;

  constructor(private readonly content: Buffer) {}

  uint32(): number {
    return this.take(4).readUInt32BE(0);
  }

  text(): string {
    return this.take(this.take(2).readUInt16BE(0)).toString('utf8');
  }

  bytes(): Buffer {
    return this.take(this.uint32());
  }

  certificate(version: number): string {
    if (version === 2) this.text();
    return certificatePem(this.bytes());
  }

  skip(count: number): void {
    this.take(count);
  }

  private take(count: number): Buffer {
    if (this.at + count > this.content.length) throw new StoreError('the file ends too early');
    this.at += count;
    return this.content.subarray(this.at - count, this.at);
  }
}
