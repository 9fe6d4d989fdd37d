import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { SslProperties } from '../ssl-properties.js';

/**
 * The files that the properties name, by what is in them: it does not matter how they were replaced (written over, renamed,
 * a link on the way that points elsewhere).
 */
export class StoreFiles {
  private readonly names: readonly string[];
  private seen: string;

  /** Remembers what is in them now. */
  constructor(ssl: SslProperties) {
    this.names = ['ssl.keystore.location', 'ssl.truststore.location'].flatMap((property) => ssl.get(property) ?? []);
    this.seen = digestOf(this.names.map(contentNow));
  }

  /** Whether there are any. */
  get any(): boolean {
    return this.names.length > 0;
  }

  /** Whether one has, since this was asked last, other content, has come or has gone. */
  async changed(): Promise<boolean> {
    const contents = await Promise.all(this.names.map((name) => readFile(name).catch(() => undefined)));
    const digest = digestOf(contents);
    if (digest === this.seen) return false;
    this.seen = digest;
    return true;
  }
}

function contentNow(name: string): Buffer | undefined {
  try {
    return readFileSync(name);
  } catch {
    return undefined;
  }
}

function digestOf(contents: readonly (Buffer | undefined)[]): string {
  const each = contents.map((content) => content && createHash('sha256').update(content).digest('base64'));
  return JSON.stringify(each);
}
