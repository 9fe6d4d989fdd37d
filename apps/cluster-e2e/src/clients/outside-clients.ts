import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findJava, findMaven, JarsError, resolveJars } from '@tributary/tools/kafka';
import { ByLine } from './by-line.js';

const SOURCES = fileURLToPath(new URL('../../clients', import.meta.url));
const CACHE = fileURLToPath(new URL('../../../../.tributary/clients', import.meta.url));

/** A client in another language, ready to be used; or the reason why this machine cannot have it. */
export type Found<T> = { readonly client: T } | { readonly missing: string };

export interface JavaClient {
  start(baseUrl: string): ByLine;
}

export interface PythonClient extends JavaClient {
  /** the path of the command kc */
  readonly command: string;
}

/** kafka-connect-py in an environment of its own, which is made once. */
export async function findPythonClient(): Promise<Found<PythonClient>> {
  if (!answers('python3', '-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 8))')) {
    return { missing: 'there is no Python of 3.8 or newer with venv' };
  }
  const environment = join(CACHE, 'python');
  const bin = (command: string) => join(environment, 'bin', command);
  const requirements = join(SOURCES, 'python', 'requirements.txt');
  const stamp = join(environment, '.requirements.txt');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== readFileSync(requirements, 'utf8')) {
    rmSync(environment, { recursive: true, force: true });
    mkdirSync(CACHE, { recursive: true });
    const problem =
      (await run('python3', '-m', 'venv', environment)) ??
      (await run(bin('python'), '-m', 'pip', 'install', '--quiet', '-r', requirements));
    if (problem !== undefined) return { missing: `kafka-connect-py could not be installed: ${problem}` };
    copyFileSync(requirements, stamp);
  }
  const driver = join(SOURCES, 'python', 'by_line.py');
  return { client: { command: bin('kc'), start: (url) => ByLine.start(bin('python'), driver, url) } };
}

/** org.sourcelab:kafka-connect-client, whose jars are fetched once. */
export async function findJavaClient(): Promise<Found<JavaClient>> {
  const java = findJava();
  if (java === undefined) return { missing: 'there is no Java' };
  if (!answers(java, '--describe-module', 'jdk.compiler')) return { missing: 'Java has no compiler' };
  if (findMaven() === undefined) return { missing: 'there is no Maven' };
  const jars = join(CACHE, 'java');
  try {
    await resolveJars(join(SOURCES, 'java', 'pom.xml'), jars, () => undefined);
  } catch (error) {
    if (error instanceof JarsError) return { missing: error.message };
    throw error;
  }
  const driver = join(SOURCES, 'java', 'ByLine.java');
  return { client: { start: (url) => ByLine.start(java, '-cp', join(jars, '*'), driver, url) } };
}

const answers = (command: string, ...args: readonly string[]) =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Runs a command to its end; what it said last where it failed. */
function run(command: string, ...args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const keep = (chunk: Buffer) => (said = (said + chunk.toString()).slice(-500));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? undefined : said.trim()));
  });
}
