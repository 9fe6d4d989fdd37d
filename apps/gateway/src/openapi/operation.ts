import type { Type } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { PATH_PARAMETERS, type PathParameter } from './path-parameters.js';
import { ref, type SchemaName } from './schemas/all-schemas.js';
import type { Schema } from './schemas/schema.js';

/** An answer: its description alone is that of an error body, or of nothing below 400. */
export type Answer =
  | string
  | {
      readonly description: string;
      readonly schema?: Schema;
      /** of the body; JSON unless told */
      readonly type?: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** What a method of a controller does, as clients see it. */
export interface Operation {
  /** how generated clients call it; unique */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly path?: readonly PathParameter[];
  readonly query?: Readonly<Record<string, { readonly description: string; readonly schema: Schema }>>;
  readonly body?: { readonly schema: SchemaName; readonly description: string };
  /** by status; those that any operation can give are added to the document as a whole */
  readonly answers: Readonly<Record<number, Answer>>;
}

/** Describes every method of a controller; one that is left out does not compile. */
export function describe<T>(
  controller: Type<T>,
  tag: string,
  operations: { readonly [Name in keyof T]: Operation },
): void {
  for (const name of Object.keys(operations) as (keyof T & string)[]) {
    const descriptor = Object.getOwnPropertyDescriptor(controller.prototype, name);
    if (descriptor === undefined) throw new TypeError(`${controller.name} has no method ${name}`);
    for (const decorate of decoratorsOf(operations[name], tag)) decorate(controller.prototype, name, descriptor);
  }
}

function decoratorsOf(operation: Operation, tag: string): readonly MethodDecorator[] {
  const { id: operationId, summary, description, path = [], query = {}, body, answers } = operation;
  return [
    ApiOperation({ operationId, summary, description, tags: [tag] }),
    ...path.map((name) => ApiParam({ name, required: true, ...PATH_PARAMETERS[name] })),
    ...Object.entries(query).map(([name, given]) => ApiQuery({ name, required: false, ...given })),
    ...(body === undefined
      ? []
      : [ApiBody({ required: true, description: body.description, schema: ref(body.schema) })]),
    ...Object.entries(answers).map(([status, answer]) => ApiResponse(responseOf(Number(status), answer))),
  ];
}

function responseOf(status: number, answer: Answer): Parameters<typeof ApiResponse>[0] {
  if (typeof answer === 'string') {
    return status < 400
      ? { status, description: answer }
      : { status, description: answer, content: { 'application/json': { schema: ref('ErrorBody') } } };
  }
  const { description, schema, type = 'application/json', headers } = answer;
  return {
    status,
    description,
    ...(schema === undefined ? {} : { content: { [type]: { schema } } }),
    ...(headers === undefined ? {} : { headers: headersOf(headers) }),
  };
}

function headersOf(meanings: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(meanings).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );
}
