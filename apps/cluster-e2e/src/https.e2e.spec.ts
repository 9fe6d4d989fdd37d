import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestAuthority, until, whyNoCertificates, type TestCertificate } from '@tributary/testing';
import type { TributaryCluster } from '@tributary/tools/cluster';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fixture, STRINGS } from './fixture.js';
import { HttpsClient } from './https-client.js';

const DEADLINE_MS = 60_000;

const reason = whyNoCertificates();
describe.skipIf(reason)(`a cluster whose services show each other certificates${reason ? ` (${reason})` : ''}`, () => {
  let ca: TestAuthority;
  let fixture: Fixture;
  let cluster: TributaryCluster;
  let own: TestCertificate;
  const clients: HttpsClient[] = [];

  const gateway = () => cluster.of('gateway')[0]?.url ?? '';
  function client(certificate?: TestCertificate): HttpsClient {
    const made = new HttpsClient(gateway(), ca.certificate.cert, certificate);
    clients.push(made);
    return made;
  }

  /** A folder of certificates as Kubernetes shows a secret: the link `..data` leads to the version that counts. */
  function publish(version: string): void {
    const { key, cert } = ca.issue(version, 'DNS:localhost');
    mkdirSync(fixture.file(`tls/${version}`), { recursive: true });
    writeFileSync(fixture.file(`tls/${version}/own.pem`), key + cert);
    writeFileSync(fixture.file(`tls/${version}/ca.pem`), ca.certificate.cert);
    symlinkSync(version, fixture.file('tls/..data_tmp'));
    renameSync(fixture.file('tls/..data_tmp'), fixture.file('tls/..data'));
  }

  beforeAll(async () => {
    ca = new TestAuthority();
    own = ca.issue('client', 'DNS:client');
    fixture = await Fixture.start();
    publish('v1');
    const tls = {
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': fixture.file('tls/..data/own.pem'),
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': fixture.file('tls/..data/ca.pem'),
      'ssl.client.auth': 'required',
    };
    const prefixed = Object.entries(tls).map(([name, value]) => [`listeners.https.${name}`, value]);
    const properties = { ...(Object.fromEntries(prefixed) as typeof tls), 'exactly.once.source.support': 'enabled' };
    cluster = await fixture.cluster('https', 1, properties, 'https://localhost');
  }, 400_000);
  afterAll(async () => {
    for (const each of clients) each.close();
    await fixture.dispose();
    ca.dispose();
  });

  const source = () => ({
    'connector.class': 'FileStreamSource',
    file: join(fixture.directory, 'in.txt'),
    topic: 'https',
    ...STRINGS,
  });

  test('serves those alone who show one that is trusted', async () => {
    await expect(client().send('GET', '/')).rejects.toThrow(
      /alert certificate required|socket hang up|ECONNRESET|EPIPE/,
    );
    const stranger = new TestAuthority('Stranger');
    await expect(client(stranger.issue('client')).send('GET', '/')).rejects.toThrow(/socket hang up|ECONNRESET|EPIPE/);
    stranger.dispose();
    expect(await client(own).send('GET', '/connectors')).toEqual({ status: 200, body: '[]', shown: 'v1' });
  });

  test('hands changes on to the leader, and from there to executors, and tasks ask the leader', async () => {
    const [input, output] = [fixture.file('in.txt'), fixture.file('out.txt')];
    const asked = client(own);
    writeFileSync(input, 'one\n');
    const sink = { 'connector.class': 'FileStreamSink', file: output, topics: 'https', ...STRINGS };
    expect(await asked.send('POST', '/connectors', { name: 'in', config: source() })).toMatchObject({ status: 201 });
    expect(await asked.send('POST', '/connectors', { name: 'out', config: sink })).toMatchObject({ status: 201 });
    const arrived = () => readFileSync(output, { encoding: 'utf8', flag: 'a+' }) === 'one\n';
    await until('the line to arrive', arrived, DEADLINE_MS);
    expect(await asked.send('POST', '/connectors/in/tasks/0/restart')).toMatchObject({ status: 204 });
    expect(await asked.send('PUT', '/connectors/in/stop')).toMatchObject({ status: 204 });
    expect(await asked.send('DELETE', '/connectors/in/offsets')).toMatchObject({ status: 200 });
  });

  test('gets new certificates while it is asked, and nobody notices', async () => {
    const busy = client(own);
    const config = { ...source(), 'tasks.max': '1' };
    const statuses = new Set<number | undefined>();
    let over = false;
    const asking = (async () => {
      for (let n = 0; !over; n++) {
        statuses.add((await busy.send('PUT', '/connectors/in/config', { ...config, topic: `https-${n % 2}` })).status);
        statuses.add((await busy.send('GET', '/connectors/in')).status);
      }
    })();
    publish('v2');
    for (const member of cluster.members) {
      const shown = async () => {
        const fresh = new HttpsClient(member.url, ca.certificate.cert, own);
        const answer = await fresh.send('GET', '/health');
        fresh.close();
        return answer.shown === 'v2';
      };
      await until(`${member.name} to show the second certificate`, shown, DEADLINE_MS);
    }
    over = true;
    await asking;
    expect([...statuses]).toEqual([200]);
    const logs = cluster.members.map(({ child }) => readFileSync(child.logFile, 'utf8')).join('');
    expect(logs).toContain('the certificates of the https listeners have changed: new connections use them');
    expect(logs).not.toContain('PRIVATE KEY');
  });

  test('does not start where a store cannot be read', async () => {
    publish('v3');
    writeFileSync(fixture.file('tls/v3/own.pem'), 'nothing');
    await expect(cluster.add('gateway')).rejects.toThrow('ended with exit code 2');
    const refused = cluster.of('gateway').at(-1);
    expect(readFileSync(refused?.child.logFile ?? '', 'utf8')).toMatch(
      /own\.pem for configuration listeners\.https\.ssl\.keystore\.location: it holds no private key in PEM/,
    );
    await until(
      'the others to have kept what they had',
      () =>
        cluster.of('gateway').some(({ child }) => readFileSync(child.logFile, 'utf8').includes('the old ones stay')),
      DEADLINE_MS,
    );
    expect(await client(own).send('GET', '/connectors')).toMatchObject({ status: 200, shown: 'v2' });
  });
});
