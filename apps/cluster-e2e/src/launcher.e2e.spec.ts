import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, TestAuthority, until, whyNoCertificates } from '@tributary/testing';
import { ConnectClient } from '@tributary/tools/cluster';
import { SHORT_LIVED_JVM } from '@tributary/tools/kafka';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { STRINGS } from './fixture.js';

const START = fileURLToPath(new URL('../../../tools/start.mjs', import.meta.url));

let directory: string;
let state: string;
const started: Launched[] = [];

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tributary-launcher-'));
  state = join(directory, 'state');
});
afterEach(async () => {
  for (const launched of started.splice(0)) await launched.stop('SIGTERM');
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** For the broker's JVM, whose garbage collector the launcher chooses. */
const SHORT_LIVED = { JAVA_TOOL_OPTIONS: SHORT_LIVED_JVM.filter((option) => !option.endsWith('GC')).join(' ') };

/** A start of the whole cluster, as `npm start` does it. */
class Launched {
  output = '';
  readonly exited: Promise<number | null>;

  constructor(private readonly child: ChildProcess) {
    const keep = (chunk: Buffer) => (this.output += chunk.toString());
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    this.exited = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async ready(): Promise<void> {
    await until(`the ready line in: ${this.output}`, () => /^Ready: /m.test(this.output), 120_000).catch(
      (error: unknown) => {
        throw new Error(`${String(error)}\n${this.output}`);
      },
    );
  }

  async stop(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.exited;
  }
}

function launch(env: Record<string, string>, ...args: string[]): Launched {
  const child = spawn(process.execPath, [START, ...args], {
    env: { ...process.env, ...SHORT_LIVED, TRIBUTARY_STATE_DIR: state, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const launched = new Launched(child);
  started.push(launched);
  return launched;
}

async function ports() {
  return {
    CONNECT_LISTENERS: `http://127.0.0.1:${await freePort()}`,
    TRIBUTARY_KAFKA_PORT: String(await freePort()),
  };
}

/** Every process that has `pid` among its ancestors. */
function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = existsSync(`/proc/${entry}/stat`) ? readFileSync(`/proc/${entry}/stat`, 'utf8') : '';
    parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const isDescendant = (child: number): boolean => {
    const parent = parents.get(child);
    return parent !== undefined && parent > 1 && (parent === pid || isDescendant(parent));
  };
  return [...parents.keys()].filter(isDescendant);
}

const isAlive = (pid: number) =>
  existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

test('a cluster starts, keeps its data over a second start, revives a killed service and leaves nothing behind', async () => {
  const listening = await ports();
  const env = {
    ...listening,
    TRIBUTARY_EXECUTORS: '2',
    CONNECT_SESSION_TIMEOUT_MS: '6000',
    // As in properties of Apache Kafka Connect's one worker; changes find the herder all the same.
    CONNECT_REST_ADVERTISED_PORT: new URL(listening.CONNECT_LISTENERS).port,
  };
  const client = new ConnectClient(env.CONNECT_LISTENERS);
  const [input, output] = [join(directory, 'in.txt'), join(directory, 'out.txt')];
  const contentOf = () => (existsSync(output) ? readFileSync(output, 'utf8') : '');
  writeFileSync(input, 'one\n');

  const first = launch(env);
  await first.ready();
  expect(first.output).toContain(`REST ${env.CONNECT_LISTENERS}`);
  expect(first.output).toContain(`Kafka 127.0.0.1:${env.TRIBUTARY_KAFKA_PORT}`);
  await client.create('in', { 'connector.class': 'FileStreamSource', file: input, topic: 'kept', ...STRINGS });
  await client.create('out', { 'connector.class': 'FileStreamSink', file: output, topics: 'kept', ...STRINGS });
  await until('the line to arrive', () => contentOf() === 'one\n', 30_000);

  const services = descendantsOf(first.pid);
  const herder = services.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('herder'));
  expect(herder).toBeDefined();
  process.kill(herder ?? 0, 'SIGKILL');
  await until(
    'the launcher to start the herder again',
    () => /the herder ended .* starting it again/.test(first.output),
    10_000,
  );
  await client.untilState('in', 'RUNNING', 1, 60_000);

  expect(await first.stop('SIGINT')).toBe(0);
  expect(services.filter(isAlive)).toEqual([]);

  writeFileSync(input, 'one\ntwo\n');
  const second = launch(env);
  await second.ready();
  await until('the second line to arrive', () => contentOf() === 'one\ntwo\n', 30_000);
  expect(await second.stop('SIGTERM')).toBe(0);

  const third = launch({ ...env, TRIBUTARY_EXECUTORS: '0' }, '--clean');
  await third.ready();
  expect((await client.get('/connectors')).body).toEqual([]);
});

/** All three services over https, where every client must show a certificate; plain http on a machine without openssl. */
function overHttps(port: number): Record<string, string> {
  if (whyNoCertificates() !== undefined) return { CONNECT_LISTENERS: `http://localhost:${port}` };
  const ca = new TestAuthority();
  const own = ca.issue('own');
  const pem = (own.key + own.cert).replaceAll('\n', '\\n');
  const trusted = ca.certificate.cert.replaceAll('\n', '\\n');
  ca.dispose();
  return {
    CONNECT_LISTENERS: `https://localhost:${port}`,
    CONNECT_HERDER_LISTENERS: 'https://localhost:0',
    CONNECT_EXECUTOR_LISTENERS: 'https://localhost:0',
    CONNECT_LISTENERS_HTTPS_SSL_KEYSTORE_TYPE: 'PEM',
    CONNECT_LISTENERS_HTTPS_SSL_KEYSTORE_KEY: pem,
    CONNECT_LISTENERS_HTTPS_SSL_KEYSTORE_CERTIFICATE_CHAIN: pem,
    CONNECT_LISTENERS_HTTPS_SSL_TRUSTSTORE_TYPE: 'PEM',
    CONNECT_LISTENERS_HTTPS_SSL_TRUSTSTORE_CERTIFICATES: trusted,
    CONNECT_LISTENERS_HTTPS_SSL_CLIENT_AUTH: 'required',
  };
}

test('one cluster runs on a folder; what a killed launcher leaves is stopped by the next start', async () => {
  const env = { ...(await ports()), ...overHttps(await freePort()) };
  const first = launch(env);
  await first.ready();
  expect(first.output).toContain(`REST ${env.CONNECT_LISTENERS}`);
  const processes = descendantsOf(first.pid);
  const second = launch({ ...(await ports()) });
  expect(await second.exited).toBe(1);
  expect(second.output).toContain(`Tributary runs already (process ${first.pid})`);

  await first.stop('SIGKILL');
  expect(processes.filter(isAlive)).toEqual(processes);
  const third = launch(env);
  await third.ready();
  expect(third.output).toContain('Stopping 4 processes that an earlier start left behind');
  expect(processes.filter(isAlive)).toEqual([]);
});

test('what is in the way is said in one line', async () => {
  const env = await ports();
  const busy = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => busy.listen(port, '127.0.0.1', resolve));
  const lastLine = (output: string) => output.trimEnd().split('\n').at(-1);
  const outcome = async (changed: Record<string, string>, ...args: string[]) => {
    const launched = launch({ ...env, ...changed }, ...args);
    return { code: await launched.exited, line: lastLine(launched.output) };
  };
  try {
    expect(await outcome({ CONNECT_LISTENERS: `http://127.0.0.1:${port}` })).toEqual({
      code: 1,
      line: expect.stringContaining(`port ${port} for the REST API is in use`),
    });
    expect(await outcome({ TRIBUTARY_KAFKA_PORT: String(port) })).toEqual({
      code: 1,
      line: expect.stringContaining(`port ${port} for Kafka is in use`),
    });
    expect(await outcome({ CONNECT_BOOTSTRAP_SERVERS: `127.0.0.1:${await freePort()}` })).toEqual({
      code: 1,
      line: expect.stringMatching(/no Kafka answers at 127\.0\.0\.1:\d+ \(bootstrap\.servers\)/),
    });
    expect(await outcome({ TRIBUTARY_EXECUTORS: 'many' })).toEqual({
      code: 1,
      line: "TRIBUTARY_EXECUTORS is 'many', but must be a whole number from 0 to 64",
    });
    expect(await outcome({ PATH: directory, JAVA_HOME: '' })).toEqual({
      code: 1,
      line: expect.stringMatching(
        /install Java 17 or newer together with Maven, or run Docker, or set CONNECT_BOOTSTRAP_SERVERS/,
      ),
    });
    expect(await outcome({ CONNECT_TASK_SHUTDOWN_GRACEFUL_TIMEOUT_MS: 'soon' })).toEqual({
      code: 1,
      line: expect.stringMatching(/soon.*task\.shutdown\.graceful\.timeout\.ms/),
    });
  } finally {
    busy.close();
  }
});
