import { clientDefinitions } from '../clients/client-keys.js';
import { workerDefinition } from './worker-definition.js';

/** Below these stand properties that someone else defines: clients, converters, topics, providers, TLS of listeners. */
const OPEN_PREFIXES = [
  'producer.',
  'consumer.',
  'admin.',
  'key.converter.',
  'value.converter.',
  'header.converter.',
  'config.storage.',
  'offset.storage.',
  'status.storage.',
  'config.providers.',
  'metrics.context.',
  'listeners.https.',
  'admin.listeners.https.',
];

/** The names that mean nothing to a worker nor to its Kafka clients. */
export function unknownProperties(names: Iterable<string>): string[] {
  const definitions = [workerDefinition, ...Object.values(clientDefinitions)];
  return [...names].filter(
    (name) =>
      !OPEN_PREFIXES.some((prefix) => name.startsWith(prefix)) &&
      !definitions.some((definition) => definition.keys.has(name)),
  );
}
