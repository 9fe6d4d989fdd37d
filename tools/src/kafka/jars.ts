import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Thrown when Maven cannot bring the jars; carries the end of what it printed. */
export class JarsError extends Error {}

/** Whether `directory` has the jars of that pom already. */
export function hasJars(pom: string, directory: string): boolean {
  const stamp = join(directory, '.pom.xml');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(pom, 'utf8');
}

/**
 * Brings the runtime jars of a pom into `directory`, once: the folder remembers the pom that it was filled from. Others,
 * in this process or not, may do the same at the same time: each fills a folder of its own, and `directory` is there
 * whole or not at all.
 */
export async function resolveJars(pom: string, directory: string, onFetch: () => void): Promise<void> {
  if (hasJars(pom, directory)) return;
  onFetch();
  mkdirSync(dirname(directory), { recursive: true });
  const filling = mkdtempSync(`${directory}.filling-`);
  try {
    await maven([
      '-B',
      '-q',
      '-f',
      pom,
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${filling}`,
    ]);
    copyFileSync(pom, join(filling, '.pom.xml'));
    if (hasJars(pom, directory)) return;
    rmSync(directory, { recursive: true, force: true });
    renameSync(filling, directory);
  } catch (error) {
    if (!hasJars(pom, directory)) throw error;
  } finally {
    rmSync(filling, { recursive: true, force: true });
  }
}

function maven(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('mvn', [...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-2000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (cause) => reject(new JarsError(`running mvn: ${cause.message}`, { cause })));
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new JarsError(`Maven could not fetch the jars (exit ${code}):\n${output}`)),
    );
  });
}
