import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { hasJars, JarsError, resolveJars } from './jars.js';

let folder: string;
let pom: string;
let jars: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-jars-'));
  pom = join(folder, 'pom.xml');
  jars = join(folder, 'jars');
  writeFileSync(pom, '<project/>');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** The command `mvn`, as a script that knows its output folder as $out. */
function mavenIs(script: string): void {
  const command = join(folder, 'mvn');
  writeFileSync(command, `#!/bin/sh\nfor each; do :; done\nout=\${each#-DoutputDirectory=}\n${script}\n`);
  chmodSync(command, 0o755);
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
}
const resolve = () => resolveJars(pom, jars, () => undefined);

it('leaves nothing of a fetch that failed, and the next one brings the jars', async () => {
  mavenIs('touch $out/half.jar; echo no network; exit 1');
  await expect(resolve()).rejects.toThrow(new JarsError('Maven could not fetch the jars (exit 1):\nno network\n'));
  expect(readdirSync(folder).toSorted()).toEqual(['mvn', 'pom.xml']);
  mavenIs('touch $out/whole.jar');
  await resolve();
  expect(readdirSync(jars).toSorted()).toEqual(['.pom.xml', 'whole.jar']);
});

it('can be done by two at once, neither of which takes from the other', async () => {
  // Each waits until both run, then looks whether its own jar is still there.
  mavenIs(
    `touch $out/a.jar; echo x >> $0.runs; until [ $(wc -l < $0.runs) -ge 2 ]; do sleep 0.05; done; test -f $out/a.jar`,
  );
  await Promise.all([resolve(), resolve()]);
  expect(readFileSync(join(folder, 'mvn.runs'), 'utf8')).toBe('x\nx\n');
  expect(hasJars(pom, jars)).toBe(true);
  expect(readdirSync(jars).toSorted()).toEqual(['.pom.xml', 'a.jar']);
  expect(readdirSync(folder).toSorted()).toEqual(['jars', 'mvn', 'mvn.runs', 'pom.xml']);
});
