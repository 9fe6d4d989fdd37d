import {
  keyInfo,
  printed,
  type ConfigKey,
  type ConfigKeyInfo,
  type ConfigValue,
  type RawProps,
} from '@tributary/connect-api';
import type { Secrets } from '@tributary/observability';

/** A property's value in a validation answer. */
export interface ConfigValueInfo {
  readonly name: string;
  readonly value: string | null;
  readonly recommended_values: readonly string[];
  readonly errors: readonly string[];
  readonly visible: boolean;
}

/** One property of a validation answer; `definition` is null for a property that nobody defines. */
export interface ConfigInfo {
  readonly definition: ConfigKeyInfo | null;
  readonly value: ConfigValueInfo;
}

/**
 * The answer of PUT /connector-plugins/{name}/config/validate:
 * `{"name":"FileStreamSource","error_count":1,"groups":["Common",...],"configs":[{"definition":{...},"value":{...}},...]}`
 */
export interface ConfigInfos {
  /** connector.class as it was sent */
  readonly name: string;
  readonly error_count: number;
  readonly groups: readonly string[];
  readonly configs: readonly ConfigInfo[];
}

export function configInfo(key: ConfigKey | undefined, value: ConfigValue): ConfigInfo {
  return {
    definition: key === undefined ? null : keyInfo(key),
    value: {
      name: value.name,
      value: printed(value.value),
      recommended_values: value.recommendedValues,
      errors: value.errors,
      visible: value.visible,
    },
  };
}

/** The same property under a longer name. */
export function prefixed({ definition, value }: ConfigInfo, prefix: string): ConfigInfo {
  return {
    definition: definition === null ? null : { ...definition, name: prefix + definition.name },
    value: { ...value, name: prefix + value.name },
  };
}

/** What a client has written of a config, what was checked, and what of it must not be seen. */
export interface CheckedConfig {
  readonly raw: RawProps;
  readonly resolved: RawProps;
  readonly secrets: Secrets;
}

/** What clients may see of an answer: values as they have written them, and `secrets` nowhere else. */
export function withoutSecrets(infos: ConfigInfos, { raw, resolved, secrets }: CheckedConfig): ConfigInfos {
  const changed = Object.keys(raw).filter((name) => raw[name] !== resolved[name]);
  const hide = (text: string) =>
    secrets.hide(
      changed.reduce((hidden, name) => hidden.replaceAll(resolved[name] || '\0', () => raw[name] ?? ''), text),
    );
  const shown = ({ name, value }: ConfigValueInfo): string | null => {
    if (value === null || value === '[hidden]' || value === raw[name]) return value;
    return changed.includes(name) ? (raw[name] ?? null) : secrets.hide(value);
  };
  const configs = infos.configs.map(({ definition, value }): ConfigInfo => {
    const recommended = value.recommended_values.map(hide);
    return {
      definition,
      value: { ...value, value: shown(value), recommended_values: recommended, errors: value.errors.map(hide) },
    };
  });
  return { ...infos, configs };
}

/** All groups that occur, in the order of their first property. */
export function groupsOf(configs: readonly ConfigInfo[]): string[] {
  const groups = configs.map(({ definition }) => definition?.group ?? null);
  return [...new Set(groups.filter((group) => group !== null))];
}

/** The text of the 400 that refuses to create or change a connector. */
export function invalidConfigMessage(infos: ConfigInfos): string {
  const messages = infos.configs.flatMap(({ value }) => value.errors);
  return [
    `Connector configuration is invalid and contains the following ${messages.length} error(s):`,
    ...messages,
    'You can also find the above list of errors at the endpoint `/connector-plugins/{connectorType}/config/validate`',
  ].join('\n');
}
