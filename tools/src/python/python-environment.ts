import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Thrown where there is no Python that would do, or its packages cannot be fetched. */
export class PythonError extends Error {}

export interface PythonEnvironment {
  /** the path of a command that a package brings, or of `python` itself */
  command(name: string): string;
}

export interface EnvironmentOptions {
  /** where it is made, once for each content of the requirements file */
  readonly directory: string;
  /** a requirements file */
  readonly requirements: string;
  /** of 3: 10 is Python 3.10 */
  readonly oldestMinor: number;
}

/** A Python environment of its own, with the packages of a requirements file; throws a PythonError. */
export async function pythonEnvironment(options: EnvironmentOptions): Promise<PythonEnvironment> {
  const { directory, requirements, oldestMinor } = options;
  const environment = { command: (name: string) => join(directory, 'bin', name) };
  const stamp = join(directory, '.requirements.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(requirements, 'utf8')) return environment;
  const usable = `import sys, venv, ensurepip; sys.exit(sys.version_info < (3, ${oldestMinor}))`;
  if ((await run('python3', '-c', usable)) !== undefined) {
    throw new PythonError(`there is no Python of 3.${oldestMinor} or newer with venv and pip`);
  }
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(dirname(directory), { recursive: true });
  const problem =
    (await run('python3', '-m', 'venv', directory)) ??
    (await run(environment.command('python'), '-m', 'pip', 'install', '--quiet', '-r', requirements));
  if (problem !== undefined) throw new PythonError(`installing Python packages: ${problem}`);
  copyFileSync(requirements, stamp);
  return environment;
}

/** Runs a command to its end; what it said last where it failed. */
function run(command: string, ...args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const keep = (chunk: Buffer) => (said = (said + chunk.toString()).slice(-1000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? undefined : said.trim() || `exit code ${code}`));
  });
}
