import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { hasJars, resolveJars } from './jars.js';

const tools = fileURLToPath(new URL('../../', import.meta.url));

/** Where data and logs of the cluster lie that `npm start` starts. */
export const STATE_DIR = process.env.TRIBUTARY_STATE_DIR ?? join(tools, '..', '.tributary');

const JARS_DIR = join(tools, '..', '.tributary', 'jars');

const BROKER_POM = join(tools, 'kafka', 'pom.xml');
const BROKER_JARS = join(JARS_DIR, 'kafka');

/** Whether the embedded broker can start without Maven. */
export const hasBrokerJars = () => hasJars(BROKER_POM, BROKER_JARS);

/** The folder with the embedded broker's jars, fetched if need be. */
export async function brokerJars(onFetch: () => void = () => {}): Promise<string> {
  await resolveJars(BROKER_POM, BROKER_JARS, onFetch);
  return BROKER_JARS;
}

/** The folder with the jars of the reference worker, fetched if need be. */
export async function referenceJars(onFetch: () => void = () => {}): Promise<string> {
  const directory = join(JARS_DIR, 'reference');
  await resolveJars(join(tools, 'reference', 'pom.xml'), directory, onFetch);
  return directory;
}

/** The folder with the reference's own connectors for system tests, fetched if need be. */
export async function referenceTestPlugins(onFetch: () => void = () => {}): Promise<string> {
  const directory = join(JARS_DIR, 'reference-test-plugins');
  await resolveJars(join(tools, 'reference', 'test-plugins', 'pom.xml'), directory, onFetch);
  return directory;
}
