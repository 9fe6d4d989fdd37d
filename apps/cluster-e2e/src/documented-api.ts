import { exchange } from '@tributary/tools/cluster';
import { Ajv2020 } from 'ajv/dist/2020.js';

interface Media {
  readonly schema: object;
}
interface DocumentedAnswer {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, Media>>;
  readonly headers?: Readonly<Record<string, unknown>>;
}
interface DocumentedOperation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, DocumentedAnswer>>;
}
export interface ApiText {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, DocumentedAnswer>> };
}

export interface Call {
  /** what stands in the path, by parameter */
  readonly path?: Readonly<Record<string, string>>;
  /** with its question mark */
  readonly query?: string;
  readonly body?: unknown;
}

/** Calls operations by the names that the API's own document gives them, and holds the answers to what it says. */
export class DocumentedApi {
  /** `operationId status` of all answers so far */
  readonly seen = new Set<string>();
  private readonly schemas = new Ajv2020({ strict: false, validateFormats: false });

  constructor(
    private readonly baseUrl: string,
    readonly document: ApiText,
  ) {
    this.schemas.addSchema(document, 'api');
  }

  static async load(baseUrl: string): Promise<DocumentedApi> {
    const { text } = await exchange(baseUrl, 'GET', '/openapi.json');
    return new DocumentedApi(baseUrl, JSON.parse(text) as ApiText);
  }

  /** The names of all operations with that method, in lower case. */
  operations(method: string): string[] {
    return Object.values(this.document.paths).flatMap((item) => item[method]?.operationId ?? []);
  }

  /** The answer's status and body; throws where the document does not say that it may be answered so. */
  async call(id: string, { path = {}, query = '', body }: Call = {}): Promise<{ status: number; body: unknown }> {
    const [template, method, operation] = this.find(id);
    const url = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
    const sent = body === undefined ? '' : JSON.stringify(body);
    const { status, headers, text } = await exchange(this.baseUrl, method.toUpperCase(), url + query, sent);
    this.seen.add(`${id} ${status}`);
    const said = `${id} ${url} was answered with ${status} ${text.slice(0, 500)}`;
    const documented = operation.responses[status];
    if (documented === undefined) throw new Error(`${said}: the document has no such status`);
    const answer = documented.$ref === undefined ? documented : this.document.components.responses[String(status)];
    for (const name of Object.keys(answer?.headers ?? {})) {
      if (headers[name.toLowerCase()] === undefined) throw new Error(`${said}: without ${name}`);
    }
    const [type, media] = Object.entries(answer?.content ?? {})[0] ?? [];
    if (media === undefined) {
      if (text !== '') throw new Error(`${said}: the document knows no body`);
      return { status, body: undefined };
    }
    if (headers['content-type']?.split(';')[0] !== type) throw new Error(`${said}: not as ${type}`);
    const value: unknown = type === 'application/json' ? JSON.parse(text) : text;
    const schema = JSON.parse(JSON.stringify(media.schema).replaceAll('"#/', '"api#/')) as object;
    if (!this.schemas.validate(schema, value)) throw new Error(`${said}: ${this.schemas.errorsText()}`);
    return { status, body: value };
  }

  private find(id: string): readonly [template: string, method: string, operation: DocumentedOperation] {
    for (const [template, item] of Object.entries(this.document.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        if (operation.operationId === id) return [template, method, operation];
      }
    }
    throw new Error(`the document has no operation ${id}`);
  }
}
