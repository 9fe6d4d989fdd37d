import { Random } from '../random.js';
import { request, singles, type Scenario, type Step } from '../step.js';

const SEED = 20_431;

/** Keys of every configuration of a connector, and those of the two connectors that both sides have. */
const COMMON = [
  'name',
  'connector.class',
  'connector.plugin.version',
  'tasks.max',
  'tasks.max.enforce',
  'key.converter',
  'key.converter.plugin.version',
  'value.converter',
  'value.converter.plugin.version',
  'header.converter',
  'header.converter.plugin.version',
  'transforms',
  'predicates',
  'config.action.reload',
  'errors.retry.timeout',
  'errors.retry.delay.max.ms',
  'errors.tolerance',
  'errors.log.enable',
  'errors.log.include.messages',
];
const KEYS = {
  FileStreamSource: [
    ...COMMON,
    'topic.creation.groups',
    'exactly.once.support',
    'transaction.boundary',
    'transaction.boundary.interval.ms',
    'offsets.storage.topic',
    'file',
    'topic',
    'batch.size',
  ],
  FileStreamSink: [
    ...COMMON,
    'topics',
    'topics.regex',
    'errors.deadletterqueue.topic.name',
    'errors.deadletterqueue.topic.replication.factor',
    'errors.deadletterqueue.context.headers.enable',
    'file',
  ],
} as const;
type Plugin = keyof typeof KEYS;

const VALUES: readonly unknown[] = [
  '',
  ' ',
  ',',
  'x',
  'a,b',
  'a,a',
  ' a ',
  'true',
  'TRUE',
  '0',
  '1',
  '-1',
  '1.5',
  '+5',
  '0x10',
  '2147483648',
  '99999999999999999999',
  'none',
  'ALL',
  'restart',
  'Required',
  'ünï',
  null,
  7,
  1.0,
  true,
];

const BASE = {
  FileStreamSource: { 'connector.class': 'FileStreamSource', name: 'g', file: '/f', topic: 't' },
  FileStreamSink: { 'connector.class': 'FileStreamSink', name: 'g', file: '/f', topics: 't' },
} as const;

const validate = (plugin: Plugin, config: object): Step =>
  request('PUT', `/connector-plugins/${plugin}/config/validate`, config);

/** Each property with every value, also those of other kinds; transforms and predicates have cases of their own. */
function propertyByProperty(plugin: Plugin): Step[] {
  return KEYS[plugin]
    .filter((key) => key !== 'connector.class')
    .flatMap((key) => VALUES.map((value) => validate(plugin, { ...BASE[plugin], [key]: value })));
}

/** Several properties at once, some of them wrong. */
function mixtures(random: Random, count: number): Step[] {
  return Array.from({ length: count }, () => {
    const plugin = random.pick(['FileStreamSource', 'FileStreamSink'] as const);
    const keys = KEYS[plugin].filter((key) => !['connector.class', 'transforms', 'predicates'].includes(key));
    const changed = Array.from({ length: 2 + random.below(5) }, () => [random.pick<string>(keys), random.pick(VALUES)]);
    return validate(plugin, { ...BASE[plugin], ...Object.fromEntries(changed) });
  });
}

/** Configurations that cannot be created, whatever else is in them: `tasks.max` is none. */
function refusals(random: Random, count: number): Step[] {
  return Array.from({ length: count }, () => {
    const config = { ...BASE.FileStreamSource, 'tasks.max': 'none' };
    const key = random.pick<string>([
      'file',
      'topic',
      'batch.size',
      'errors.tolerance',
      'errors.retry.timeout',
      'extra',
    ]);
    const changed = { ...config, [key]: random.pick(VALUES) };
    return random.below(2) === 0
      ? request('POST', '/connectors', { name: 'g', config: changed })
      : request('PUT', '/connectors/g/config', changed);
  });
}

const TEXT = '{"name":"g","config":{"connector.class":"FileStreamSource","file":"/f","tasks.max":"none"}}';
const PIECES = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '\\',
  '0',
  '-',
  'e',
  ' ',
  '\n',
  '\u0000',
  'é',
  'null',
  'true',
  '"a":1',
  '\\u00e9',
];

/** A text of a valid request with a few characters removed, doubled or put in. */
function mutations(random: Random, count: number): Step[] {
  return Array.from({ length: count }, () => {
    let text = TEXT;
    for (let changes = 1 + random.below(3); changes > 0; changes--) {
      const at = random.below(text.length);
      const instead = random.pick([() => '', () => text.slice(at, at + 1).repeat(2), () => random.pick(PIECES)])();
      text = text.slice(0, at) + instead + text.slice(at + 1);
    }
    return request('POST', '/connectors', text);
  });
}

/** The same requests in every run. */
export function generated(): Scenario[] {
  const random = new Random(SEED);
  return singles([
    ...propertyByProperty('FileStreamSource'),
    ...propertyByProperty('FileStreamSink'),
    ...mixtures(random, 120),
    ...refusals(random, 60),
    ...mutations(random, 150),
  ]);
}
