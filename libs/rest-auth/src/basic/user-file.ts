import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError } from '@tributary/connect-api';
import { parseProperties } from '@tributary/config-schemas';

/** A file of `user=password` lines, read once. Passwords are kept as digests only. */
export class UserFile {
  private constructor(private readonly digests: ReadonlyMap<string, Buffer>) {}

  /** Throws a {@link ConfigError} that names the file, and nothing that is in it. */
  static read(path: string): UserFile {
    try {
      const users = Object.entries(parseProperties(textIn(readFileSync(path))));
      return new UserFile(new Map(users.map(([user, password]) => [user, digest(password)])));
    } catch (cause) {
      const reason = cause instanceof Error && 'syscall' in cause ? cause.message : 'it is no properties file';
      throw new ConfigError(`Could not read the file of users ${path}: ${reason}`, { cause });
    }
  }

  /** One without users lets everybody in. */
  get empty(): boolean {
    return this.digests.size === 0;
  }

  /** Takes as long for a wrong password as for a right one, and for a user that there is not. */
  accepts(user: string, password: string): boolean {
    const expected = this.digests.get(user);
    const same = timingSafeEqual(expected ?? NOBODY, digest(password));
    return same && expected !== undefined;
  }
}

const digest = (password: string) => createHash('sha256').update(password).digest();

const NOBODY = Buffer.alloc(32);

/** Java reads properties as Latin-1; people write them as UTF-8. What is valid UTF-8 was hardly meant as Latin-1. */
function textIn(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
