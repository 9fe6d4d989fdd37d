import { ConnectError, type Props } from '@tributary/connect-api';
import { converterSetting, type ConverterKey, type WorkerConfig } from '@tributary/config-schemas';
import type { PluginRegistry } from '@tributary/plugins';
import type { RecordConverters } from '../pipeline/record-converters.js';

/** The converters of a task, made and configured. */
export function configuredConverters(
  plugins: PluginRegistry,
  connector: Props,
  worker: WorkerConfig,
): RecordConverters {
  const data = (key: ConverterKey, isKey: boolean): RecordConverters['key'] => {
    const { className, version, configs } = converterSetting(connector, key, worker);
    const plugin = plugins.find('converter', className, version);
    if (plugin === undefined) throw notFound('Converter', className);
    const instance = plugin.create();
    instance.configure({ configs, isKey });
    return { className: plugin.className, instance };
  };
  const headers = (): RecordConverters['header'] => {
    const { className, version, configs } = converterSetting(connector, 'header.converter', worker);
    const plugin = plugins.find('header_converter', className, version);
    if (plugin === undefined) throw notFound('HeaderConverter', className);
    const instance = plugin.create();
    instance.configure(configs);
    return { className: plugin.className, instance };
  };
  return { key: data('key.converter', true), value: data('value.converter', false), header: headers() };
}

function notFound(kind: string, className: string): ConnectError {
  return new ConnectError(`Failed to find any class that implements ${kind} and which name matches ${className}`);
}
