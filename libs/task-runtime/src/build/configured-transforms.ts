import {
  ConnectError,
  referenceClassOf,
  type ConnectRecord,
  type Predicate,
  type Transformation,
} from '@tributary/connect-api';
import type { AliasedPlugin, ConnectorConfig } from '@tributary/config-schemas';
import type { PluginRegistry } from '@tributary/plugins';
import { TransformChain, type TransformStep } from '../pipeline/transform-chain.js';

/**
 * The transformations of a connector, made and configured, in the order in which `transforms` names them. Throws a
 * {@link ConnectError} that repeats what any of them refuses.
 */
export function configuredTransforms<R extends ConnectRecord>(
  plugins: PluginRegistry,
  connector: ConnectorConfig,
): TransformChain<R> {
  try {
    return new TransformChain(stepsOf<R>(plugins, connector));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConnectError(`${referenceClassOf(cause)}: ${reason}`, { cause });
  }
}

function stepsOf<R extends ConnectRecord>(plugins: PluginRegistry, connector: ConnectorConfig): TransformStep<R>[] {
  return connector.transforms.map((setting) => {
    const plugin = plugins.find('transformation', setting.type, setting.version);
    if (plugin === undefined) throw notFound('Transformation', setting);
    const transformation = plugin.create() as Transformation<R>;
    transformation.configure(setting.configs);
    return {
      alias: setting.alias,
      className: plugin.className,
      transformation,
      predicate: setting.predicate === undefined ? undefined : configuredPredicate<R>(plugins, setting.predicate),
      negate: setting.negate,
    };
  });
}

function configuredPredicate<R extends ConnectRecord>(plugins: PluginRegistry, setting: AliasedPlugin): Predicate<R> {
  const plugin = plugins.find('predicate', setting.type, setting.version);
  if (plugin === undefined) throw notFound('Predicate', setting);
  const predicate = plugin.create() as Predicate<R>;
  predicate.configure(setting.configs);
  return predicate;
}

function notFound(kind: string, { type }: AliasedPlugin): ConnectError {
  return new ConnectError(`Failed to find any class that implements ${kind} and which name matches ${type}`);
}
