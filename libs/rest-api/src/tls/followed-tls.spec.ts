import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@tributary/testing';
import { SslProperties } from '@tributary/tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FollowedTls } from './followed-tls.js';

const DEADLINE_MS = 30_000;

let directory: string;
let store: string;
let followed: FollowedTls<string>;
let reads: number;
let changes: string[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tributary-followed-'));
  store = join(directory, 'store');
  reads = 0;
  changes = [];
});
afterEach(() => {
  followed.close();
  rmSync(directory, { recursive: true, force: true });
});

/** What is read is what is in the file, where it ends as it should. */
function follow(location = store): void {
  const read = () => {
    reads++;
    const text = readFileSync(location, 'utf8');
    if (!text.endsWith('.')) throw new Error('it ends too early');
    return text;
  };
  const changed = (text: string) => {
    if (text === 'useless.') throw new Error('of no use');
    changes.push(text);
  };
  followed = new FollowedTls('a test', new SslProperties({ 'ssl.truststore.location': location }), read, changed, 10);
}
const untilIs = (text: string) => until(`'${text}' to be read`, () => followed.current === text, DEADLINE_MS);

describe('what is read from files', () => {
  it('is read again when a file is written over, and when another is renamed to it', async () => {
    writeFileSync(store, 'one.');
    follow();
    expect(followed.current).toBe('one.');
    writeFileSync(store, 'two.');
    await untilIs('two.');
    writeFileSync(`${store}.new`, 'three.');
    renameSync(`${store}.new`, store);
    await untilIs('three.');
    expect(changes).toEqual(['two.', 'three.']);
  });

  it('is read again when a link on the way points elsewhere, as the secrets of Kubernetes do it', async () => {
    for (const version of ['1', '2']) {
      mkdirSync(join(directory, version));
      writeFileSync(join(directory, version, 'store'), `${version}.`);
    }
    symlinkSync('1', join(directory, '..data'));
    symlinkSync(join('..data', 'store'), store);
    follow();
    expect(followed.current).toBe('1.');
    symlinkSync('2', join(directory, '..data_tmp'));
    renameSync(join(directory, '..data_tmp'), join(directory, '..data'));
    await untilIs('2.');
  });

  it('stays as it is while a file is half-written or gone', async () => {
    writeFileSync(store, 'one.');
    follow();
    writeFileSync(store, 'tw');
    await until('the half to be read', () => reads > 1, DEADLINE_MS);
    expect(followed.current).toBe('one.');
    const before = reads;
    unlinkSync(store);
    await until('it to be looked for', () => reads > before, DEADLINE_MS);
    expect(followed.current).toBe('one.');
    writeFileSync(store, 'two.');
    await untilIs('two.');
    expect(changes).toEqual(['two.']);
  });

  it('stays as it is where what has come is of no use', async () => {
    writeFileSync(store, 'one.');
    follow();
    writeFileSync(store, 'useless.');
    await until('it to be read', () => reads > 1, DEADLINE_MS);
    expect(followed.current).toBe('one.');
    writeFileSync(store, 'two.');
    await untilIs('two.');
    expect(changes).toEqual(['two.']);
  });

  it('must be there at first', () => {
    expect(() => follow()).toThrow('ENOENT');
    writeFileSync(store, 'one.');
    follow();
  });
});
