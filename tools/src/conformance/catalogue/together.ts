import { request, type Scenario } from '../step.js';
import { Life, source } from './life.js';

const EXPANDS = [
  '',
  'info',
  'status',
  'bogus',
  'INFO',
  'info,status',
  'info&expand=status',
  'status&expand=info',
  'info&expand=info',
];

const [first, second] = [new Life('first'), new Life('second')];

/** Lists of all connectors, with nothing else going on; before and after, there is none. */
export const together: Scenario[] = [
  {
    phase: 'alone',
    steps: [
      request('GET', '/connectors'),
      request('GET', '/connectors?expand=info&expand=status'),
      second.create(source('together'), { initial_state: 'STOPPED' }),
      first.create(source('together')),
      first.until('RUNNING'),
      second.until('STOPPED', 0),
      request('GET', '/connectors'),
      request('GET', '/connectors/'),
      request('HEAD', '/connectors'),
      ...EXPANDS.map((value) => request('GET', `/connectors?expand=${value}`)),
      ...['expand', 'expand[]=info', 'expand%5B%5D=status', 'Expand=info', 'more=1'].map((query) =>
        request('GET', `/connectors?${query}`),
      ),
      request('GET', '/connectors/?expand=status'),
      ...first.end(),
      ...second.end(),
      request('GET', '/connectors'),
    ],
  },
];
