import { MINIMAL_WORKER } from '@tributary/testing';
import { describe, expect, it } from 'vitest';
import { WorkerConfig, type Service } from './worker-config.js';

function parse(more: Record<string, string> = {}, service: Service = 'gateway', warnings: string[] = []): WorkerConfig {
  return WorkerConfig.parse({ ...MINIMAL_WORKER, ...more }, service, (message) => warnings.push(message));
}

describe('WorkerConfig', () => {
  it('demands what has no default', () => {
    for (const name of Object.keys(MINIMAL_WORKER)) {
      const properties = Object.fromEntries(Object.entries(MINIMAL_WORKER).filter(([each]) => each !== name));
      const message = `Missing required configuration "${name}" which has no default value.`;
      expect(() => WorkerConfig.parse(properties, 'herder', () => undefined)).toThrow(message);
    }
  });

  it('names a variable, not what was found for it', () => {
    const variable = '${env:WORKER_CONFIG_SPEC}';
    const given = { 'config.providers': 'env', 'config.providers.env.class': 'EnvVarConfigProvider' };
    process.env['WORKER_CONFIG_SPEC'] = 'open-sesame';
    try {
      const message = `Invalid value ${variable} for configuration rebalance.timeout.ms: Not a number of type INT`;
      expect(() => parse({ ...given, 'rebalance.timeout.ms': variable })).toThrow(message);
      expect(() => parse({ ...given, 'rebalance.timeout.ms': `x${variable}` })).toThrow('Invalid value x[hidden] for');
    } finally {
      delete process.env['WORKER_CONFIG_SPEC'];
    }
  });

  it.each<[string, string, string]>([
    [
      'bootstrap.servers',
      '',
      "Configuration 'bootstrap.servers' must not be empty. Valid values include: any non-empty value",
    ],
    ['bootstrap.servers', 'a:1,', "Configuration 'bootstrap.servers' values must not be empty."],
    [
      'listeners',
      '',
      'Invalid value [] for configuration listeners: Invalid value for listeners, at least one URL is expected',
    ],
    ['listeners', 'http://x:1,', 'Empty URL found when parsing listeners list.'],
    [
      'listeners',
      'foo',
      "Invalid value foo for configuration listeners: Listener doesn't have the right format (protocol://hostname:port).",
    ],
    [
      'herder.listeners',
      'ftp://x:1',
      'Invalid value ftp://x:1 for configuration herder.listeners: Listener protocol must be either "http" or "https".',
    ],
    ['admin.listeners', 'http://a:1,', 'Empty URL found when parsing listeners list.'],
    ['inter.worker.key.size', '7', 'Key length must be at least 40 bits'],
    ['inter.worker.key.generation.algorithm', 'foo', 'the supported algorithms are: [HmacMD5, '],
    ['inter.worker.key.generation.algorithm', 'SunTlsPrf', 'the algorithm is not supported by this worker'],
    ['inter.worker.verification.algorithms', 'HmacSHA256,foo', 'Invalid value foo for configuration'],
    [
      'inter.worker.signature.algorithm',
      'HmacSHA1',
      'Signature algorithm must be present in inter.worker.verification.algorithms list',
    ],
    ['inter.worker.verification.algorithms', '', 'At least one signature verification algorithm must be provided'],
    [
      'connect.protocol',
      'foo',
      'Invalid value foo for configuration connect.protocol: Invalid Connect protocol compatibility',
    ],
    ['offset.storage.partitions', '0', "Number of partitions must be positive, or -1 to use the broker's default"],
    ['status.storage.replication.factor', '-2', 'Replication factor must be positive and not larger than'],
    ['scheduled.rebalance.max.delay.ms', '-1', 'Value must be at least 0'],
    ['security.protocol', 'foo', 'String must be one of (case insensitive): SASL_SSL, PLAINTEXT, SSL, SASL_PLAINTEXT'],
    ['ssl.client.auth', 'foo', 'String must be one of: required, requested, none'],
    ['response.http.headers.config', 'set X:a:b', "Invalid format of header name and header value pair 'X:a:b'."],
    ['rest.advertised.listener', 'ftp', 'Listener protocol must be either "http" or "https".'],
    ['rest.advertised.port', '65536', 'the port must be from 1 to 65535, or 0 for that of the listener'],
    ['rest.advertised.port', '-1', 'Invalid value -1 for configuration rest.advertised.port'],
    ['connector.client.config.override.policy', 'nope', 'must be one of: All, None, Principal, Allowlist'],
    ['heartbeat.interval.ms', '10000', 'Heartbeat must be set lower than the session timeout'],
    ['executor.max.threads', '0', 'Invalid value 0 for configuration executor.max.threads: Value must be at least 1'],
  ])('refuses %s=%s', (name, value, message) => {
    expect(() => parse({ [name]: value })).toThrow(message);
  });

  it('has the defaults that differ from the reference on purpose', () => {
    expect(parse().int('scheduled.rebalance.max.delay.ms')).toBe(0);
    expect(parse().int('heartbeat.interval.ms')).toBe(1000);
    expect(parse().int('executor.host.memory.mb')).toBe(512);
  });

  it('counts repeated list entries once and accepts an empty group', () => {
    const worker = parse({ 'bootstrap.servers': 'a:1,b:2,a:1', 'group.id': '' });
    expect(worker.list('bootstrap.servers')).toEqual(['a:1', 'b:2']);
    expect(worker.list('plugin.path')).toEqual([]);
  });

  it('warns of unknown properties, by name only', () => {
    const warnings: string[] = [];
    parse(
      { nonsense: 'secret', 'producer.x': '1', acks: 'all', 'key.converter.schemas.enable': 'false' },
      'gateway',
      warnings,
    );
    expect(warnings).toEqual(['Unknown property nonsense has no effect']);
  });

  it('gives its own clients what Kafka clients know, except what a worker means otherwise', () => {
    const worker = parse({
      'security.protocol': 'SSL',
      'client.id': 'x',
      'session.timeout.ms': '20000',
      'producer.acks': '1',
    });
    expect(worker.internalClientProperties('g-configs')).toEqual({
      'bootstrap.servers': 'b:1',
      'security.protocol': 'SSL',
      'client.id': 'g-configs',
    });
  });

  it('takes TLS of listeners from one place or the other', () => {
    const prefix = (properties: Record<string, string>) => parse(properties).httpsPrefix('listeners.https.');
    expect(prefix({ 'ssl.client.auth': 'required', 'admin.listeners.https.ssl.client.auth': 'none' })).toBe('');
    expect(prefix({ 'ssl.client.auth': 'required', 'listeners.https.what': 'ever' })).toBe('listeners.https.');
  });

  it('keeps a listener that is there twice, so that the second one finds its port in use', () => {
    expect(parse({ listeners: 'http://a:1,http://a:1' }).listeners).toHaveLength(2);
  });

  it('advertises each service by its own listener', () => {
    const properties = {
      listeners: 'http://:8083',
      'herder.listeners': 'https://h:1',
      'executor.listeners': 'http://e:0',
    };
    const address = (service: Service) => parse(properties, service).advertisedAddress(() => 4711, 'me').url;
    expect([address('gateway'), address('herder'), address('task-executor')]).toEqual([
      'http://me:8083/',
      'https://h:1/',
      'http://e:4711/',
    ]);
  });

  it.each<Service>(['gateway', 'herder', 'task-executor'])('advertises a %s as its properties say', (service) => {
    const own = { 'herder.listeners': 'http://:1', 'executor.listeners': 'http://:2' };
    const properties = { ...own, 'rest.advertised.port': '80', 'rest.advertised.host.name': 'pod' };
    expect(parse(properties, service).advertisedAddress(() => 1, 'me')).toEqual({
      url: 'http://pod:80/',
      workerId: 'pod:80',
    });
    expect(() => parse({ ...own, 'rest.advertised.listener': 'https' }, service)).toThrow(
      'Invalid value https for configuration rest.advertised.listener: no listener of this process has that protocol',
    );
  });

  it.each<Service>(['herder', 'task-executor'])(
    'takes the port and the protocol in a file for those of the REST API where a %s has no listeners of its own',
    (service) => {
      const file = {
        listeners: 'https://:8443',
        'rest.advertised.listener': 'https',
        'rest.advertised.port': '443',
        'rest.advertised.host.name': 'pod',
      };
      expect(parse(file, service).advertisedAddress(() => 4711, 'me').url).toBe('http://pod:4711/');
    },
  );
});
