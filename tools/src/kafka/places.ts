import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { resolveJars } from './jars.js';

const tools = fileURLToPath(new URL('../../', import.meta.url));

/** Where data and logs of the cluster lie that `npm start` starts. */
export const STATE_DIR = process.env.TRIBUTARY_STATE_DIR ?? join(tools, '..', '.tributary');

const JARS_DIR = join(tools, '..', '.tributary', 'jars');

/** The folder with the embedded broker's jars, fetched if need be. */
export async function brokerJars(onFetch: () => void = () => {}): Promise<string> {
  const directory = join(JARS_DIR, 'kafka');
  await resolveJars(join(tools, 'kafka', 'pom.xml'), directory, onFetch);
  return directory;
}

/** The folder with the jars of the reference worker, fetched if need be. */
export async function referenceJars(onFetch: () => void = () => {}): Promise<string> {
  const directory = join(JARS_DIR, 'reference');
  await resolveJars(join(tools, 'reference', 'pom.xml'), directory, onFetch);
  return directory;
}
