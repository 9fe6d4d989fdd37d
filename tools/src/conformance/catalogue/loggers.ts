import { request, type Scenario, type Step } from '../step.js';

const LOGGER = '/admin/loggers/org.example.conformance';
const put = (level: string, scope = ''): Step => request('PUT', `${LOGGER}${scope}`, { level });

/** Levels in all spellings, and what is then told. */
export const loggers: Scenario[] = [
  {
    phase: 'alone',
    steps: [
      request('GET', LOGGER),
      ...['OFF', 'FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE', 'ALL', 'debug', 'Info', ' WARN '].flatMap(
        (level) => [put(level), request('GET', LOGGER)],
      ),
      put('INFO'),
      put('nonsense'),
      put('WARN', '?scope=worker'),
      put('WARN', '?scope=nonsense'),
      put('ERROR', '?scope=cluster'),
      { ...request('GET', LOGGER), until: ({ text }) => text.includes('ERROR') },
      put('WARN', '?scope=CLUSTER'),
      { ...request('GET', LOGGER), until: ({ text }) => text.includes('WARN') },
      put('nonsense', '?scope=cluster'),
      request('PUT', LOGGER, { level: 'INFO', more: 'x' }),
      request('PUT', '/admin/loggers/org.example', { level: 'ERROR' }),
      request('GET', LOGGER),
      request('GET', '/admin/loggers/root'),
      request('GET', '/admin/loggers'),
      request('HEAD', '/admin/loggers'),
    ],
  },
];
