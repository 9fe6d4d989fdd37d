import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { resolveJars } from './jars.js';

const tools = fileURLToPath(new URL('../../', import.meta.url));

/** Where everything lies that is made at run time and may be deleted. */
export const STATE_DIR = join(tools, '..', '.tributary');

/** The folder with the embedded broker's jars, fetched if need be. */
export async function brokerJars(onFetch: () => void = () => {}): Promise<string> {
  const directory = join(STATE_DIR, 'jars', 'kafka');
  await resolveJars(join(tools, 'kafka', 'pom.xml'), directory, onFetch);
  return directory;
}

/** The folder with the jars of the reference worker, fetched if need be. */
export async function referenceJars(onFetch: () => void = () => {}): Promise<string> {
  const directory = join(STATE_DIR, 'jars', 'reference');
  await resolveJars(join(tools, 'reference', 'pom.xml'), directory, onFetch);
  return directory;
}
