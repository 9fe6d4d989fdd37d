import { Validator } from '@seriousme/openapi-schema-validator';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ServiceApp } from '@tributary/rest-api';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, expect, test, vi } from 'vitest';
import { gatewayModule, type GatewayParts } from '../gateway.module.js';
import { openApiDocument } from './document.js';

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** Loading what is used here takes long where many specs run at once. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let gateway: ServiceApp;
let document: OpenAPIObject;

beforeAll(async () => {
  gateway = await ServiceApp.create(gatewayModule({} as GatewayParts));
  await gateway.nest.init();
  document = openApiDocument(gateway.nest, { admin: true });
});

/** What Express was told to serve, as OpenAPI writes it: `GET /connectors/{connector}`. */
function servedRoutes(): string[] {
  const { stack } = (gateway.nest.getHttpAdapter().getInstance() as { router: { stack: readonly Layer[] } }).router;
  return stack.flatMap(({ route }) =>
    Object.keys(route?.methods ?? {}).map(
      (method) => `${method.toUpperCase()} ${route?.path.replace(/:(\w+)/g, '{$1}')}`,
    ),
  );
}

function operations() {
  return Object.entries(document.paths).flatMap(([path, { get, put, post, patch, delete: remove }]) =>
    Object.entries({ get, put, post, patch, delete: remove }).flatMap(([method, operation]) =>
      operation === undefined ? [] : [{ name: `${method.toUpperCase()} ${path}`, operation }],
    ),
  );
}

test('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  expect(await validator.validate(JSON.parse(JSON.stringify(document)))).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
});

test('it has every route of the gateway and no other', () => {
  const documented = operations().map(({ name }) => name);
  expect(documented).toContain('GET /connectors/{connector}/status');
  expect(documented.toSorted()).toEqual(servedRoutes().toSorted());
});

test('it leaves out /admin where other listeners serve that', () => {
  const paths = (admin: boolean) => Object.keys(openApiDocument(gateway.nest, { admin }).paths);
  expect(paths(true).filter((path) => path.startsWith('/admin'))).toEqual([
    '/admin/loggers',
    '/admin/loggers/{logger}',
  ]);
  expect(paths(false)).toEqual(paths(true).filter((path) => !path.startsWith('/admin')));
});

test.each([
  [{ basic: true, bearer: false }, { basic: { type: 'http', scheme: 'basic' } }],
  [{ basic: false, bearer: true }, { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } }],
  [
    { basic: true, bearer: true },
    { basic: { type: 'http', scheme: 'basic' }, bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
  ],
])('it says how to log in where that is needed: %o', async (kinds, schemes) => {
  const logins = { ...kinds, openPaths: ['/health', '/metrics'] };
  const text = JSON.stringify(openApiDocument(gateway.nest, { admin: true, logins }));
  expect(await new Validator().validate(JSON.parse(text))).toEqual({ valid: true });
  const { paths, components } = JSON.parse(text) as OpenAPIObject;
  expect(components?.securitySchemes).toEqual(schemes);
  const security = Object.keys(schemes).map((scheme) => ({ [scheme]: [] }));
  for (const operation of [paths['/connectors']?.get, paths['/connectors']?.post, paths['/openapi.json']?.get]) {
    expect(operation?.security).toEqual(security);
    expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(['401', '403']));
  }
  expect(paths['/health']?.get).not.toHaveProperty('security');
  expect(paths['/metrics']?.get?.responses).not.toHaveProperty('401');
});

test('it asks for no login where none is needed', () => {
  expect(document.components).not.toHaveProperty('securitySchemes');
  expect(document.components?.responses).not.toHaveProperty('401');
});

test('every operation says what it does, under a name and a heading of the document', () => {
  const ids = operations().map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  const tags = document.tags?.map(({ name }) => name) ?? [];
  for (const { name, operation } of operations()) {
    expect(operation.summary, name).toMatch(/^[A-Z].*[^.]$/);
    expect(
      operation.tags?.every((tag) => tags.includes(tag)),
      name,
    ).toBe(true);
  }
});

test('every parameter in a path is described, and every other one has its allowed values', () => {
  for (const { name, operation } of operations()) {
    const given = operation.parameters?.map((each) => ('name' in each ? each : expect.fail('a reference'))) ?? [];
    const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    const described = given.filter((each) => each.in === 'path').map((each) => each.name);
    expect(described.toSorted(), name).toEqual(inPath.toSorted());
    for (const parameter of given) {
      expect(parameter.description, `${name} ${parameter.name}`).toMatch(/\.$/);
      expect(parameter.schema, `${name} ${parameter.name}`).toHaveProperty('type');
    }
  }
});

test('every example conforms to its schema', () => {
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema(JSON.parse(JSON.stringify(document)) as object, 'api');
  const examples = Object.entries(document.components?.schemas ?? {}).flatMap(([name, schema]) =>
    'examples' in schema && Array.isArray(schema.examples)
      ? schema.examples.map((example: unknown) => [name, example] as const)
      : [],
  );
  expect(examples.length).toBeGreaterThan(15);
  for (const [name, example] of examples) {
    const valid = ajv.validate({ $ref: `api#/components/schemas/${name}` }, example);
    expect(valid, `${name}: ${ajv.errorsText()}`).toBe(true);
  }
});
