import type { OpenAPIObject } from '@nestjs/swagger';

/** A JSON schema as OpenAPI 3.1 has it, or a reference to one. */
export type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

type OptionalMember<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];

/** An object that has the members of `T` and no others; the compiler sees to it that none is left out. */
export function objectOf<T>(
  description: string,
  properties: { readonly [K in keyof T]-?: Schema },
  more: { readonly optional?: readonly OptionalMember<T>[]; readonly examples?: readonly T[] } = {},
): Schema {
  const optional: readonly (keyof T)[] = more.optional ?? [];
  const required = (Object.keys(properties) as (keyof T & string)[]).filter((name) => !optional.includes(name));
  return {
    type: 'object',
    description,
    properties,
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
    ...(more.examples === undefined ? {} : { examples: [...more.examples] }),
  };
}

export const text = (description: string): Schema => ({ type: 'string', description });
export const textOrNull = (description: string): Schema => ({ type: ['string', 'null'], description });
export const listOf = (items: Schema, description: string): Schema => ({ type: 'array', items, description });
export const mapOf = (values: Schema, description: string): Schema => ({
  type: 'object',
  additionalProperties: values,
  description,
});
export const oneOf = (values: readonly (string | null)[], description: string): Schema => ({
  type: values.includes(null) ? ['string', 'null'] : 'string',
  enum: [...values],
  description,
});
