import { readFileSync, writeFileSync } from 'node:fs';
import { TestAuthority, TestBroker, until, whyNoCertificates } from '@tributary/testing';
import { TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STRINGS } from './fixture.js';

const reason = whyNoCertificates();
const MODULE = 'org.apache.kafka.common.security.plain.PlainLoginModule required';

describe.skipIf(reason)(`a cluster whose Kafka wants TLS and a login${reason ? ` (${reason})` : ''}`, () => {
  let ca: TestAuthority;
  let broker: TestBroker;
  let cluster: TributaryCluster | undefined;

  beforeAll(async () => {
    ca = new TestAuthority();
    const own = ca.issue('broker', 'IP:127.0.0.1');
    broker = await TestBroker.start(
      {
        'ssl.keystore.type': 'PEM',
        'ssl.keystore.location': ca.write('broker.pem', own.key + own.cert),
        'sasl.enabled.mechanisms': 'PLAIN',
        'listener.name.both.plain.sasl.jaas.config': `${MODULE} user_connect="pass word";`,
      },
      { BOTH: 'SASL_SSL' },
    );
    const client = {
      'security.protocol': 'SASL_SSL',
      'sasl.mechanism': 'PLAIN',
      'sasl.jaas.config': `${MODULE} username="connect" password="pass word";`,
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': ca.certificate.certFile,
    };
    const prefixed = ['', 'producer.', 'consumer.', 'admin.'].flatMap((prefix) =>
      Object.entries(client).map(([name, value]) => [prefix + name, value]),
    );
    cluster = await TributaryCluster.start({
      bootstrapServers: broker.addressOf('BOTH'),
      name: 'secured',
      directory: ca.directory,
      properties: Object.fromEntries(prefixed) as Record<string, string>,
    });
  }, 400_000);
  afterAll(async () => {
    await cluster?.stop();
    await broker.dispose();
    ca.dispose();
  });

  it('takes lines from a file through Kafka into another', async () => {
    const [source, sink] = [ca.write('source.txt', ''), ca.write('sink.txt', '')];
    const client = cluster?.client;
    const common = { ...STRINGS, 'tasks.max': '1' };
    await client?.create('reader', { ...common, 'connector.class': 'FileStreamSource', file: source, topic: 'lines' });
    await client?.create('writer', { ...common, 'connector.class': 'FileStreamSink', file: sink, topics: 'lines' });
    writeFileSync(source, 'one\ntwo\n');
    await until('both lines to arrive', () => readFileSync(sink, 'utf8') === 'one\ntwo\n', 200_000);
    expect(readFileSync(sink, 'utf8')).toBe('one\ntwo\n');
  });
});
