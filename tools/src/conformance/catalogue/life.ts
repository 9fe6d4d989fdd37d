import type { Exchanged } from '../../cluster/index.js';
import { isObject, type Json } from '../json.js';
import { FOLDER, request, SIDE, type Phase, type Scenario, type Step } from '../step.js';

const STRINGS = {
  'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
  'value.converter': 'org.apache.kafka.connect.storage.StringConverter',
};

/** Reads three lines. */
export const source = (topic: string, more: object = {}) => ({
  'connector.class': 'FileStreamSource',
  file: `${FOLDER}/in.txt`,
  topic: `${SIDE}-${topic}`,
  ...STRINGS,
  ...more,
});

export const sink = (topic: string, more: object = {}) => ({
  'connector.class': 'FileStreamSink',
  file: `${FOLDER}/${topic}.txt`,
  topics: `${SIDE}-${topic}`,
  ...STRINGS,
  ...more,
});

const jsonOf = ({ text }: Exchanged): Json => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
};

function isIn(answer: Exchanged, state: string, tasks: number): boolean {
  const body = jsonOf(answer);
  if (!isObject(body) || !isObject(body.connector) || !Array.isArray(body.tasks)) return false;
  const states = (body.tasks as readonly Json[]).map((task) => (isObject(task) ? task.state : undefined));
  return states.length === tasks && states.every((each) => each === state) && body.connector.state === state;
}

/** The requests of one connector's life; `name` goes into paths as it is. */
export class Life {
  constructor(
    private readonly name: string,
    private readonly encoded = encodeURIComponent(name).replaceAll('%24', '$'),
  ) {}

  create(config: object, more: object = {}): Step {
    return request('POST', '/connectors', { name: this.name, config, ...more });
  }

  send(method: string, rest = '', body?: string | object, headers?: Step['headers']): Step {
    return request(method, `/connectors/${this.encoded}${rest}`, body, headers);
  }

  get(rest = ''): Step {
    return this.send('GET', rest);
  }

  /** The status, once connector and tasks are in this state, and the class is of this kind. */
  until(state: string, tasks = 1, type = ''): Step {
    const wanted = `"type":"${type}`;
    return { ...this.get('/status'), until: (answer) => isIn(answer, state, tasks) && answer.text.includes(wanted) };
  }

  /** The status, once connector and tasks have these states. */
  untilStates(connector: string, ...tasks: readonly string[]): Step {
    return {
      ...this.get('/status'),
      until: (answer) => {
        const body = jsonOf(answer);
        if (!isObject(body) || !isObject(body.connector) || !Array.isArray(body.tasks)) return false;
        const states = (body.tasks as readonly Json[]).map((task) => (isObject(task) ? task.state : undefined));
        return body.connector.state === connector && states.join() === tasks.join();
      },
    };
  }

  /** Deleted, and nothing of it left. */
  end(): Step[] {
    return [
      this.send('DELETE'),
      this.get(),
      { ...this.get('/status'), until: ({ status }) => status === 404 },
      this.send('DELETE'),
    ];
  }
}

export const scenario = (...steps: readonly (Step | readonly Step[])[]): Scenario => ({
  phase: 'beside' satisfies Phase,
  steps: steps.flat(),
});
