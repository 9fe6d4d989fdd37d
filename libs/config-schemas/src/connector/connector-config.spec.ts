import { describe, expect, it } from 'vitest';
import { ConnectorConfig } from './connector-config.js';

const SINK = { name: 's', 'connector.class': 'FileStreamSink', topics: 'a, b' };

describe('ConnectorConfig', () => {
  it('has what the runtime asks for, with defaults', () => {
    const config = ConnectorConfig.parse(SINK, 'sink');
    expect(config.name).toBe('s');
    expect(config.tasksMax).toBe(1);
    expect(config.enforceTasksMax).toBe(true);
    expect(config.topics).toEqual(['a', 'b']);
    expect(config.deadLetterQueue).toBeUndefined();
    expect(config.errors).toEqual({
      retryTimeoutMs: 0,
      retryDelayMaxMs: 60000,
      tolerance: 'none',
      log: false,
      logMessages: false,
    });
  });

  it('reads patterns of whole topic names and the dead letter queue', () => {
    const config = ConnectorConfig.parse(
      {
        ...SINK,
        topics: '',
        'topics.regex': 'a|b',
        'errors.tolerance': 'all',
        'errors.retry.timeout': '-1',
        'errors.deadletterqueue.topic.name': 'dead',
        'errors.deadletterqueue.context.headers.enable': 'true',
      },
      'sink',
    );
    expect(['a', 'b', 'ab'].map((topic) => config.topics instanceof RegExp && config.topics.test(topic))).toEqual([
      true,
      true,
      false,
    ]);
    expect(config.deadLetterQueue).toEqual({ topic: 'dead', replicationFactor: 3, contextHeaders: true });
    expect(config.errors).toMatchObject({ tolerance: 'all', retryTimeoutMs: -1 });
  });

  it('lists the chain of transformations with their predicates', () => {
    const config = ConnectorConfig.parse(
      {
        ...SINK,
        transforms: 'f, r',
        'transforms.f.type': ' Filter ',
        'transforms.f.predicate': 'p',
        'transforms.f.negate': 'TRUE',
        'transforms.r.type': 'RegexRouter',
        'transforms.r.regex': 'a',
        'transforms.r.plugin.version': '1.0',
        predicates: 'p',
        'predicates.p.type': 'TopicNameMatches',
        'predicates.p.pattern': 'x.*',
      },
      'sink',
    );
    const predicate = { alias: 'p', type: 'TopicNameMatches', version: undefined, configs: { pattern: 'x.*' } };
    expect(config.transforms).toEqual([
      { alias: 'f', type: 'Filter', version: undefined, configs: {}, predicate, negate: true },
      { alias: 'r', type: 'RegexRouter', version: '1.0', configs: { regex: 'a' }, predicate: undefined, negate: false },
    ]);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'a transformation without a type',
      { transforms: 'f' },
      'Missing required configuration "transforms.f.type" which has no default value.',
    ],
    [
      'a predicate that is not defined',
      { transforms: 'f', 'transforms.f.type': 'Filter', 'transforms.f.predicate': 'nope' },
      "Unknown configuration 'predicates.nope.plugin.version'",
    ],
  ])('refuses %s', (_what, more, message) => {
    expect(() => ConnectorConfig.parse({ ...SINK, ...more }, 'sink').transforms).toThrow(message);
  });

  it('names the first wrong property', () => {
    expect(() => ConnectorConfig.parse({ ...SINK, 'tasks.max': '0' }, 'sink')).toThrow(
      'Invalid value 0 for configuration tasks.max: Value must be at least 1',
    );
  });
});
