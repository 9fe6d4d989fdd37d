import { parseJaas } from '../jaas/jaas-line.js';
import type { Resolution } from '../providers/config-providers.js';
import { passwordNames, type SecretsContext } from './password-names.js';

/**
 * All that must not be seen of a connector or task: the values of its passwords, the words inside of JAAS lines, and what
 * config providers have found.
 */
export function connectorSecrets(resolution: Resolution<string | null>, context: SecretsContext): string[] {
  const { properties, found } = resolution;
  const names = passwordNames(properties, context);
  return [...found.values(), ...secretValues(names.map((name) => [name, properties[name] ?? '']))];
}

/** A shorter value may be part of another by chance. */
const MIN_LENGTH = 8;

/** What config providers have found for passwords, by variable. */
export function secretVariables(
  stored: Readonly<Record<string, string>>,
  resolution: Resolution<string>,
  context: SecretsContext,
): ReadonlyMap<string, string> {
  const passwords = passwordNames(resolution.properties, context).map((name) => stored[name] ?? '');
  return new Map(
    [...resolution.found].filter(
      ([variable, value]) => value.length >= MIN_LENGTH && passwords.some((text) => text.includes(variable)),
    ),
  );
}

/** The values of properties that hold passwords; of a JAAS line its options too, except for the user's name. */
export function secretValues(passwords: readonly (readonly [name: string, value: string])[]): string[] {
  return passwords.flatMap(([name, value]) => [value, ...(name.endsWith('jaas.config') ? optionsOf(value) : [])]);
}

function optionsOf(jaas: string): string[] {
  try {
    const options = parseJaas(jaas).flatMap((login) => [...login.options]);
    return options.filter(([name]) => name !== 'username').map(([, value]) => value);
  } catch {
    return [];
  }
}
