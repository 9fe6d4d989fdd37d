import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findJava, findMaven, JarsError, resolveJars, SHORT_LIVED_JVM } from '@tributary/tools/kafka';
import { pythonEnvironment, PythonError } from '@tributary/tools/python';
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
  const sources = join(SOURCES, 'python');
  try {
    const { command } = await pythonEnvironment({
      directory: join(CACHE, 'python'),
      requirements: join(sources, 'requirements.txt'),
      oldestMinor: 8,
    });
    const driver = join(sources, 'by_line.py');
    return { client: { command: command('kc'), start: (url) => ByLine.start(command('python'), driver, url) } };
  } catch (error) {
    if (error instanceof PythonError) return { missing: error.message };
    throw error;
  }
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
  return { client: { start: (url) => ByLine.start(java, ...SHORT_LIVED_JVM, '-cp', join(jars, '*'), driver, url) } };
}

const answers = (command: string, ...args: readonly string[]) =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;
