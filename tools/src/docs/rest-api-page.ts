import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { table } from './table.js';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: { readonly type: string; readonly enum?: readonly string[]; readonly items?: Parameter['schema'] };
}

interface Operation {
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: Content }>>;
}

type Content = Readonly<Record<string, { readonly schema: SchemaShape }>>;

interface SchemaShape {
  readonly $ref?: string;
  readonly type?: string;
  readonly items?: SchemaShape;
  readonly additionalProperties?: SchemaShape | boolean;
  readonly oneOf?: readonly SchemaShape[];
}

interface ApiDescription {
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, { readonly description: string }>> };
}

/** The tables of the page about the REST API, from the document that a gateway serves. */
export function restApiTables(): string {
  const main = fileURLToPath(new URL('../../../apps/gateway/dist/openapi/main.js', import.meta.url));
  const text = execFileSync(process.execPath, [main], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
  const { tags, paths, components } = JSON.parse(text) as ApiDescription;
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
  const sections = tags.map(({ name, description }) => {
    const rows = operations
      .filter(({ operation }) => operation.tags.includes(name))
      .map(({ path, method, operation }) => [
        `\`${method.toUpperCase()} ${path}\``,
        operation.summary,
        operation.parameters
          .filter((each) => each.in === 'query')
          .map(queryOf)
          .join('<br>'),
        operation.requestBody === undefined ? '' : contentOf(operation.requestBody.content),
        answersOf(operation),
      ]);
    return `## ${name}\n\n${description}\n\n${table(['request', 'what it does', 'query', 'body', 'answers'], rows)}`;
  });
  const common = Object.entries(components.responses).map(([status, { description }]) => [status, description]);
  return `${sections.join('\n')}\n## Any request\n\n${table(['status', 'when'], common)}`;
}

function queryOf({ name, schema }: Parameter): string {
  const values = schema.enum ?? schema.items?.enum ?? (schema.type === 'boolean' ? ['true', 'false'] : ['...']);
  return values.map((value) => `\`${name}=${value}\``).join(', ');
}

/** Those that only this operation has; the common ones stand at the end of the page. */
function answersOf({ responses }: Operation): string {
  return Object.entries(responses)
    .filter(([, answer]) => answer.$ref === undefined)
    .map(([status, { content }]) => (Number(status) >= 400 ? status : `${status} ${contentOf(content)}`.trim()))
    .join('<br>');
}

function contentOf(content: Content | undefined): string {
  const [type, media] = Object.entries(content ?? {})[0] ?? [];
  if (media === undefined) return '';
  return type === 'application/json' ? shapeOf(media.schema) : 'text';
}

function shapeOf({ $ref, type, items, additionalProperties, oneOf }: SchemaShape): string {
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1);
  if (oneOf !== undefined) return oneOf.map(shapeOf).join(' or ');
  if (items !== undefined) return `list of ${shapeOf(items)}`;
  if (typeof additionalProperties === 'object') return `map of ${shapeOf(additionalProperties)}`;
  return type ?? 'anything';
}
