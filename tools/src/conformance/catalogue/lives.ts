import type { Scenario, Step } from '../step.js';
import { Life, scenario, sink, source } from './life.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const READS = [
  '',
  '/',
  '/config',
  '/tasks',
  '/tasks/0/status',
  '/tasks/1/status',
  '/tasks/0',
  '/tasks-config',
  '/nothing',
];

function wholeLife(): Scenario {
  const it = new Life('whole');
  const config = source('whole');
  return scenario(
    it.create(config),
    it.until('RUNNING'),
    READS.map((rest) => it.get(rest)),
    ['', '/status', '/tasks'].map((rest) => it.send('HEAD', rest)),
    it.create(config),
    it.create({ 'connector.class': 'FileStreamSource' }),
    it.send('PUT', '/config', config),
    it.send('PUT', '/config', source('whole', { extra: 'x' })),
    it.get('/config'),
    it.send('PUT', '/config', source('whole', { name: 'other' })),
    it.send('PUT', '/config', source('whole', { name: 'whole' })),
    it.send('PUT', '/config', { 'connector.class': 'FileStreamSource' }),
    it.until('RUNNING'),
    it.send('PUT', '/pause'),
    it.until('PAUSED'),
    it.send('PUT', '/pause'),
    it.send('POST', '/restart'),
    it.send('POST', '/tasks/0/restart'),
    it.until('PAUSED'),
    it.send('PUT', '/resume'),
    it.until('RUNNING'),
    it.send('PUT', '/resume'),
    it.send('PUT', '/resume/'),
    it.send('POST', '/tasks/0/restart'),
    it.send('POST', '/tasks/5/restart'),
    it.send('POST', '/tasks/x/restart'),
    it.until('RUNNING'),
    it.send('PUT', '/stop'),
    it.until('STOPPED', 0),
    it.get('/tasks'),
    it.get(),
    it.send('PUT', '/stop'),
    { ...it.send('POST', '/tasks/0/restart'), once: true },
    it.send('POST', '/restart'),
    it.until('STOPPED', 0),
    it.send('PUT', '/pause'),
    it.until('PAUSED'),
    it.send('PUT', '/stop'),
    it.until('STOPPED', 0),
    it.send('PUT', '/resume'),
    it.until('RUNNING'),
    it.end(),
    it.get('/config'),
    it.get('/tasks'),
    it.get('/tasks/0/status'),
    it.get('/topics'),
    it.send('PUT', '/pause'),
  );
}

function beginning(state: unknown, reached: string, tasks: number): Scenario {
  const it = new Life(`begins-${String(state)}`);
  return scenario(
    it.create(source('begins'), { initial_state: state }),
    it.until(reached, tasks),
    it.get(),
    it.get('/tasks'),
    it.send('POST', '/restart'),
    it.until(reached, tasks),
    it.send('PUT', '/resume'),
    it.until('RUNNING'),
    it.end(),
  );
}

/** Bodies that clients send with requests that need none. */
function bodiesOfClients(): Scenario {
  const it = new Life('bodies');
  const sent = ['', 'null', '""', '{}', '"x"'];
  const paths = [
    ['PUT', '/pause'],
    ['PUT', '/resume'],
    ['POST', '/restart'],
    ['POST', '/tasks/0/restart'],
    ['PUT', '/topics/reset'],
  ] as const;
  return scenario(
    it.create(source('bodies')),
    it.until('RUNNING'),
    paths.flatMap(([method, path]) => sent.map((body) => it.send(method, path, body, JSON_TYPE))),
    paths.map(([method, path]) =>
      it.send(method, path, 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }),
    ),
    it.until('RUNNING'),
    it.send('PUT', '/stop', 'null', JSON_TYPE),
    it.until('STOPPED', 0),
    it.send('DELETE', '/offsets', 'null', JSON_TYPE),
    it.send('DELETE', '', '""', JSON_TYPE),
    it.get(),
  );
}

const RESTARTS = [
  'includeTasks=true',
  'includeTasks=True',
  'onlyFailed=true',
  'includeTasks=true&onlyFailed=true',
  'includeTasks=false&onlyFailed=false',
  'includeTasks=1',
  'includeTasks=',
  'includeTasks',
];

/** What the query leaves alone is shown in its state: asked for again while that is still an earlier restart's. */
function restart(it: Life, query: string): Step {
  const step = it.send('POST', `/restart?${query}`);
  if (query.includes('onlyFailed=true')) return { ...step, until: ({ text }) => !text.includes('RESTARTING') };
  if (/^includeTasks=true$/i.test(query)) return step;
  return { ...step, until: ({ text }) => !/"tasks":\[.*RESTARTING/.test(text) };
}

function restarts(): Scenario {
  const it = new Life('restarts');
  return scenario(
    it.create(source('restarts')),
    it.until('RUNNING'),
    RESTARTS.flatMap((query) => [restart(it, query), it.until('RUNNING')]),
    it.send('PUT', '/pause'),
    it.until('PAUSED'),
    it.send('POST', '/restart?includeTasks=true'),
    it.until('PAUSED'),
    it.send('PUT', '/stop'),
    it.until('STOPPED', 0),
    it.send('POST', '/restart?includeTasks=true'),
    it.until('STOPPED', 0),
    it.send('POST', '/restart?includeTasks=true&onlyFailed=true'),
    it.end(),
  );
}

/** Its task fails as it starts. */
function failingTask(): Scenario {
  const it = new Life('$SIDE$-failing');
  return scenario(
    it.create({ ...sink('failing'), file: '/nonexistent/folder/out.txt' }),
    it.untilStates('RUNNING', 'FAILED'),
    it.get('/tasks/0/status'),
    it.send('POST', '/restart?onlyFailed=true'),
    it.untilStates('RUNNING', 'FAILED'),
    it.send('POST', '/restart?includeTasks=true&onlyFailed=true'),
    it.untilStates('RUNNING', 'FAILED'),
    it.send('PUT', '/pause'),
    it.untilStates('PAUSED', 'FAILED'),
    it.send('PUT', '/resume'),
    it.untilStates('RUNNING', 'FAILED'),
    it.end(),
  );
}

/** Its topic creation rules are wrong, which only shows when it starts. */
function failingConnector(): Scenario {
  const it = new Life('failing-connector');
  const config = source('failing-connector', {
    'topic.creation.groups': 'x',
    'topic.creation.default.partitions': '1',
  });
  return scenario(
    it.create(config),
    it.untilStates('FAILED'),
    it.get(),
    it.get('/tasks'),
    it.send('POST', '/restart?includeTasks=true&onlyFailed=true'),
    it.untilStates('FAILED'),
    it.end(),
  );
}

function manyTasks(): Scenario {
  const it = new Life('$SIDE$-many');
  return scenario(
    it.create(sink('many', { 'tasks.max': 3 })),
    it.until('RUNNING', 3),
    it.get(),
    it.get('/tasks'),
    it.send('POST', '/tasks/2/restart'),
    it.send('POST', '/tasks/3/restart'),
    it.until('RUNNING', 3),
    it.send('PUT', '/config', sink('many', { 'tasks.max': 1 })),
    it.until('RUNNING', 1),
    it.get('/tasks/2/status'),
    it.send('PUT', '/config', source('many')),
    it.until('RUNNING', 1, 'source'),
    { ...it.get('/tasks'), until: ({ text }) => text.includes('FileStreamSourceTask') },
    it.send('PUT', '/config', { 'connector.class': 'FileStreamSink' }),
    it.end(),
  );
}

export const lives: Scenario[] = [
  wholeLife(),
  beginning('PAUSED', 'PAUSED', 1),
  beginning('paused', 'PAUSED', 1),
  beginning('STOPPED', 'STOPPED', 0),
  beginning('Running', 'RUNNING', 1),
  beginning(null, 'RUNNING', 1),
  bodiesOfClients(),
  restarts(),
  failingTask(),
  failingConnector(),
  manyTasks(),
];
