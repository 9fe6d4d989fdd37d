import type { ClientProperties } from '@tributary/kafka-client';

/**
 * Properties of an internal client: the given ones, with the client id `<group.id>-[<client.id>-]<role>`. `group.id` goes:
 * to these clients it is only a part of their name.
 */
export function internalClientProperties(properties: ClientProperties, role: string): ClientProperties {
  const { 'group.id': groupId, 'client.id': clientId, ...rest } = properties;
  return { ...rest, 'client.id': [groupId, clientId, role].filter(Boolean).join('-') };
}
