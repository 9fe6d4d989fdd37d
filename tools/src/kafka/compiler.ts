import { execFile, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findJava, SHORT_LIVED_JVM } from './java.js';
import { referenceJars } from './places.js';

/** Whether there is a compiler beside the java command. */
export function hasJavaCompiler(): boolean {
  const java = findJava();
  return java !== undefined && spawnSync(compilerOf(java), ['-version'], { stdio: 'ignore' }).status === 0;
}

/** Compiles the source files against the reference's jars, into the folder `classes`. */
export async function compileJava(sources: readonly string[], classes: string): Promise<void> {
  const java = findJava();
  if (java === undefined) throw new Error('there is no Java to compile with');
  const jars = join(await referenceJars(), '*');
  const quick = SHORT_LIVED_JVM.map((option) => `-J${option}`);
  await promisify(execFile)(compilerOf(java), [...quick, '-d', classes, '-cp', jars, ...sources]);
}

function compilerOf(java: string): string {
  return join(dirname(java), 'javac');
}
