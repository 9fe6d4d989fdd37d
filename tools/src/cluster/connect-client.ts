import { until } from '../process/index.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** parsed where it is JSON, else the text */
  readonly body: unknown;
}

interface StatusBody {
  readonly connector: { readonly state: string; readonly worker_id: string; readonly trace?: string };
  readonly tasks: readonly {
    readonly id: number;
    readonly state: string;
    readonly worker_id: string;
    readonly trace?: string;
  }[];
}

/** Talks to a Connect REST API, ours or the reference's. */
export class ConnectClient {
  constructor(readonly baseUrl: string) {}

  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(new URL(path, this.baseUrl), {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return { status: response.status, headers: response.headers, body: json && text !== '' ? JSON.parse(text) : text };
  }

  get = (path: string) => this.send('GET', path);
  post = (path: string, body?: unknown) => this.send('POST', path, body);
  put = (path: string, body?: unknown) => this.send('PUT', path, body);
  delete = (path: string) => this.send('DELETE', path);

  /** Creates the connector or throws with the answer. */
  async create(name: string, config: Readonly<Record<string, string>>): Promise<void> {
    const { status, body } = await this.post('/connectors', { name, config });
    if (status !== 201) throw new Error(`creating ${name}: ${status} ${JSON.stringify(body)}`);
  }

  /** Resolves with the status once the connector and `tasks` tasks are in `state`. */
  async untilState(name: string, state: string, tasks: number, deadlineMs = 30_000): Promise<StatusBody> {
    let last: unknown;
    const reached = async () => {
      const { status, body } = await this.get(`/connectors/${encodeURIComponent(name)}/status`);
      last = body;
      if (status !== 200) return undefined;
      const found = body as StatusBody;
      const good =
        found.connector.state === state && found.tasks.length === tasks && found.tasks.every((t) => t.state === state);
      return good ? found : undefined;
    };
    return until(`connector ${name} with ${tasks} tasks to be ${state}`, reached, deadlineMs).catch(
      (cause: unknown) => {
        throw new Error(`${(cause as Error).message}; it is ${JSON.stringify(last)}`, { cause });
      },
    );
  }
}
