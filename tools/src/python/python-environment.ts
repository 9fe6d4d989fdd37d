import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Thrown where there is no Python that would do, or its packages cannot be fetched. */
export class PythonError extends Error {}

export interface PythonEnvironment {
  /** the path of a command that a package brings, or of `python` itself */
  command(name: string): string;
}

const USABLE = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';

/** A Python environment of its own in `directory` with the packages of a requirements file; made once for each content. */
export async function pythonEnvironment(directory: string, requirements: string): Promise<PythonEnvironment> {
  const environment = { command: (name: string) => join(directory, 'bin', name) };
  const stamp = join(directory, '.requirements.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(requirements, 'utf8')) return environment;
  if ((await run('python3', '-c', USABLE)) !== undefined) {
    throw new PythonError('there is no Python of 3.10 or newer with venv and pip');
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
