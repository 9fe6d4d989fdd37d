import { TestAuthority, TestBroker, until, whyNoCertificates } from '@tributary/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addScramUser } from '../../test/scram-users.js';
import { outgoing, unique } from '../../test/support.js';
import type { ClientProperties } from '../api.js';
import { KafkaError } from '../errors.js';
import { kafkaClients } from '../kafka-clients.js';

const reason = whyNoCertificates();
const PASSWORD = 'p"w; d\\1';

/** A value in double quotes, with the escapes of JAAS. */
const quoted = (value: string) => `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

function login(module: 'plain.Plain' | 'scram.Scram', user = 'alice', password = PASSWORD): string {
  const name = `org.apache.kafka.common.security.${module}LoginModule`;
  return `${name} required username=${quoted(user)} password=${quoted(password)};`;
}

describe.skipIf(reason)(`a broker with TLS and SASL${reason ? ` (${reason})` : ''}`, () => {
  let ca: TestAuthority;
  let stranger: TestAuthority;
  let broker: TestBroker;
  let trust: ClientProperties;
  let identity: ClientProperties;

  beforeAll(async () => {
    [ca, stranger] = [new TestAuthority(), new TestAuthority('Stranger')];
    const own = ca.issue('broker', 'IP:127.0.0.1');
    const elsewhere = ca.issue('elsewhere', 'DNS:elsewhere');
    const pem = (name: string, each: { key: string; cert: string }) => ca.write(name, each.key + each.cert);
    const user = `org.apache.kafka.common.security.plain.PlainLoginModule required user_alice=${quoted(PASSWORD)};`;
    const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
    broker = await TestBroker.start(
      {
        'ssl.keystore.type': 'PEM',
        'ssl.keystore.location': pem('broker.pem', own),
        'ssl.truststore.type': 'PEM',
        'ssl.truststore.location': ca.certificate.certFile,
        'listener.name.mutual.ssl.client.auth': 'required',
        'listener.name.elsewhere.ssl.keystore.type': 'PEM',
        'listener.name.elsewhere.ssl.keystore.location': pem('elsewhere.pem', elsewhere),
        'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
        ...Object.fromEntries(
          ['login', 'both'].flatMap((listener) => [
            [`listener.name.${listener}.plain.sasl.jaas.config`, user],
            [`listener.name.${listener}.scram-sha-256.sasl.jaas.config`, scram],
            [`listener.name.${listener}.scram-sha-512.sasl.jaas.config`, scram],
          ]),
        ),
      },
      { TLS: 'SSL', MUTUAL: 'SSL', ELSEWHERE: 'SSL', LOGIN: 'SASL_PLAINTEXT', BOTH: 'SASL_SSL' },
    );
    await addScramUser({ 'bootstrap.servers': broker.bootstrapServers }, 'alice', PASSWORD);
    for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-512']) {
      await until(`${mechanism} to know the user`, () => knows(mechanism), 60_000);
    }
    trust = { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': ca.certificate.certFile };
    const client = ca.issue('client');
    const store = ca.keyStore(client, 'store-secret');
    identity = { 'ssl.keystore.location': store, 'ssl.keystore.password': 'store-secret' };
  }, 300_000);
  afterAll(async () => {
    await broker?.dispose();
    ca?.dispose();
    stranger?.dispose();
  });

  const at = (listener: string, protocol: string, more: ClientProperties = {}): ClientProperties => ({
    'bootstrap.servers': broker.addressOf(listener),
    'security.protocol': protocol,
    ...more,
  });

  async function knows(mechanism: string): Promise<boolean> {
    const sasl = { 'sasl.mechanism': mechanism, 'sasl.jaas.config': login('scram.Scram') };
    const admin = kafkaClients.admin(at('LOGIN', 'SASL_PLAINTEXT', sasl));
    try {
      await admin.clusterId();
      return true;
    } catch (error) {
      if (error instanceof KafkaError && error.kafkaCode === 'SASL_AUTHENTICATION_FAILED') return false;
      throw error;
    } finally {
      await admin.close();
    }
  }

  /** Creates a topic, writes a record and reads it again: each kind of client has to get through. */
  async function roundTrip(properties: ClientProperties): Promise<void> {
    const topic = unique('secured');
    const admin = kafkaClients.admin(properties);
    await admin.createTopic({ name: topic, partitions: 1, replicationFactor: 1, configs: {} });
    await admin.close();
    const producer = kafkaClients.producer(properties);
    await producer.send([outgoing(topic, 0, 'through')]);
    await producer.close();
    const read: string[] = [];
    const reader = kafkaClients.topicReader(properties, {
      topic,
      isolation: 'read_committed',
      onRecords: (records) => read.push(...records.map(({ value }) => String(value))),
    });
    await reader.start();
    await reader.stop();
    expect(read).toEqual(['through']);
  }

  /** The error of a client that has a minute to connect: one that tried again would end with a time-out. */
  async function refusal(properties: ClientProperties, timeoutMs = 60_000): Promise<KafkaError> {
    const admin = kafkaClients.admin({ ...properties, 'default.api.timeout.ms': String(timeoutMs) });
    try {
      const answer = await admin.clusterId().catch((error: unknown) => error);
      if (answer instanceof KafkaError) return answer;
      throw new Error(`not refused: ${String(answer)}`, { cause: answer });
    } finally {
      await admin.close();
    }
  }

  it('is spoken to over TLS, and with our certificate where it wants one', async () => {
    await roundTrip(at('TLS', 'SSL', trust));
    await roundTrip(at('MUTUAL', 'SSL', { ...trust, ...identity }));
  });

  it.each(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'])(
    'takes a login by %s, over TLS and without',
    async (mechanism) => {
      const sasl = {
        'sasl.mechanism': mechanism,
        'sasl.jaas.config': login(mechanism === 'PLAIN' ? 'plain.Plain' : 'scram.Scram'),
      };
      await roundTrip(at('LOGIN', 'SASL_PLAINTEXT', sasl));
      await roundTrip(at('BOTH', 'SASL_SSL', { ...sasl, ...trust }));
    },
  );

  it.each(['PLAIN', 'SCRAM-SHA-512'])(
    'refuses a wrong password by %s at once, and the error keeps it',
    async (mechanism) => {
      const jaas = login(mechanism === 'PLAIN' ? 'plain.Plain' : 'scram.Scram', 'alice', 'guess');
      const error = await refusal(
        at('BOTH', 'SASL_SSL', { ...trust, 'sasl.mechanism': mechanism, 'sasl.jaas.config': jaas }),
      );
      expect(error).toMatchObject({
        retriable: false,
        kafkaCode: 'SASL_AUTHENTICATION_FAILED',
        referenceClass: 'org.apache.kafka.common.errors.SaslAuthenticationException',
      });
      expect(error.message).toMatch(/connecting to 127\.0\.0\.1:\d+: SASL .* failed: /);
      expect(error.message).not.toContain('guess');
    },
  );

  it('is not trusted where its authority is unknown or its certificate is for another host', async () => {
    const other = { ...trust, 'ssl.truststore.location': stranger.certificate.certFile };
    const handshake = { retriable: false, referenceClass: 'org.apache.kafka.common.errors.SslAuthenticationException' };
    const unknown = await refusal(at('TLS', 'SSL', other));
    expect(unknown).toMatchObject(handshake);
    expect(unknown.message).toMatch(/SSL handshake failed: .*(certificate|signature)/i);
    const wrongHost = await refusal(at('ELSEWHERE', 'SSL', trust));
    expect(wrongHost).toMatchObject(handshake);
    expect(wrongHost.message).toMatch(/127\.0\.0\.1 is not in the cert's list/);
    await roundTrip(at('ELSEWHERE', 'SSL', { ...trust, 'ssl.endpoint.identification.algorithm': '' }));
  });

  it('refuses a client without the certificate that it wants', async () => {
    const error = await refusal(at('MUTUAL', 'SSL', trust));
    expect(error).toMatchObject({ retriable: false, kafkaCode: 'SSL_AUTHENTICATION_FAILED' });
    expect(error.message).toContain('the broker refused it');
  });

  it('hints at the protocol where only one side speaks TLS', async () => {
    const hint = 'the listener may be for another security.protocol';
    const toPlain = await refusal({ ...at('TLS', 'SSL', trust), 'bootstrap.servers': broker.bootstrapServers }, 500);
    expect(toPlain.message).toContain(hint);
    expect((await refusal(at('TLS', 'PLAINTEXT'), 500)).message).toContain(hint);
  });
});
