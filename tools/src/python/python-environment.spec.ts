import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pythonEnvironment, PythonError, type EnvironmentOptions } from './index.js';

let folder: string;
let options: EnvironmentOptions;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-python-'));
  options = { directory: join(folder, 'env'), requirements: join(folder, 'requirements.txt'), oldestMinor: 10 };
  writeFileSync(options.requirements, 'a==1\n');
  vi.stubEnv('PATH', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('a machine without Python is told what it lacks', async () => {
  await expect(pythonEnvironment(options)).rejects.toThrow(
    new PythonError('there is no Python of 3.10 or newer with venv and pip'),
  );
});

test('an environment that was made for the same packages is used again, and for others made anew', async () => {
  mkdirSync(options.directory);
  copyFileSync(options.requirements, join(options.directory, '.requirements.txt'));
  expect((await pythonEnvironment(options)).command('kc')).toBe(join(options.directory, 'bin', 'kc'));
  writeFileSync(options.requirements, 'a==2\n');
  await expect(pythonEnvironment(options)).rejects.toThrow(PythonError);
});
