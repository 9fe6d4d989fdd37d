import { soundsSecret } from '@tributary/observability';
import { clientDefinitions } from '../clients/client-keys.js';
import { workerDefinition } from '../worker/worker-definition.js';
import { secretValues } from './connector-secrets.js';

/** Properties below these mean what those without do. */
const PREFIXES = ['', 'producer.', 'consumer.', 'admin.', 'listeners.https.', 'admin.listeners.https.'];
const DEFINITIONS = [workerDefinition, ...Object.values(clientDefinitions)];

/** All that must not be seen of a worker: the passwords among its properties, by their definition or else by their name. */
export function workerSecrets(properties: Readonly<Record<string, string>>): string[] {
  return secretValues(Object.entries(properties).filter(([name]) => isPassword(name)));
}

function isPassword(name: string): boolean {
  const types = PREFIXES.filter((prefix) => name.startsWith(prefix)).flatMap((prefix) =>
    DEFINITIONS.flatMap(({ keys }) => keys.get(name.slice(prefix.length))?.type ?? []),
  );
  return types.length === 0 ? soundsSecret(name) : types.includes('PASSWORD');
}
