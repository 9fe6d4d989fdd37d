import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ConnectClient } from '@tributary/tools/cluster';
import { until } from '@tributary/testing';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const answers = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Compose v2 or else v1, as a command; a reason where neither can be used. TRIBUTARY_TEST_COMPOSE=v1 asks for v1. */
export function findCompose(): { readonly command: readonly string[] } | { readonly missing: string } {
  if (!answers('docker', 'info')) return { missing: 'no Docker engine answers' };
  if (process.env.TRIBUTARY_TEST_COMPOSE !== 'v1' && answers('docker', 'compose', 'version')) {
    return { command: ['docker', 'compose'] };
  }
  if (answers('docker-compose', 'version')) return { command: ['docker-compose'] };
  return { missing: 'Docker has no Compose' };
}

/** One run of docker-compose.yml, under a name and ports of its own. */
export class ComposeProject {
  readonly client: ConnectClient;
  private readonly name = `tributary-test-${randomBytes(4).toString('hex')}`;

  private constructor(
    private readonly command: readonly string[],
    private readonly ports: { readonly rest: number; readonly kafka: number },
  ) {
    this.client = new ConnectClient(`http://127.0.0.1:${ports.rest}`);
  }

  static async prepare(command: readonly string[]): Promise<ComposeProject> {
    const rest = await publishablePort(18_000);
    return new ComposeProject(command, { rest, kafka: await publishablePort(rest + 1) });
  }

  /** Runs a compose command; resolves with its standard output, rejects with everything that it said. */
  compose(...args: string[]): Promise<string> {
    const [program = '', ...first] = this.command;
    const env = { REST_PORT: String(this.ports.rest), KAFKA_PORT: String(this.ports.kafka) };
    return run(program, [...first, '-p', this.name, ...args], env);
  }

  /** Containers of a service, ended ones included, by id. */
  async containers(service: string): Promise<readonly string[]> {
    const filters = [`label=com.docker.compose.project=${this.name}`, `label=com.docker.compose.service=${service}`];
    return lines(await run('docker', ['ps', '-aq', '--no-trunc', ...filters.flatMap((filter) => ['-f', filter])]));
  }

  async inspect(container: string, format: string): Promise<string> {
    return (await run('docker', ['inspect', '-f', format, container])).trim();
  }

  /** The running container of a service that has this address in the project's network. */
  async containerAt(address: string, service: string): Promise<string> {
    for (const id of await this.containers(service)) {
      if ((await this.inspect(id, '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}')) === address) return id;
    }
    throw new Error(`no container of ${service} has the address ${address}`);
  }

  async inContainer(container: string, script: string): Promise<string> {
    return run('docker', ['exec', container, 'sh', '-c', script]);
  }

  /** Kills the service in a container as a crash would; not `docker kill`, which counts as done by hand. */
  async crash(container: string): Promise<void> {
    await this.inContainer(container, 'kill -9 $(cat /proc/1/task/1/children)');
    await until(
      `${container} to be started again`,
      async () => Number(await this.inspect(container, '{{.RestartCount}}')) > 0,
      60_000,
    );
  }

  async untilHealthy(service: string, count: number): Promise<void> {
    const healthy = async () => {
      const states = (await this.containers(service)).map((id) => this.inspect(id, '{{.State.Health.Status}}'));
      return states.length === count && (await Promise.all(states)).every((state) => state === 'healthy');
    };
    await until(`${count} healthy containers of ${service}`, healthy, 120_000, 500);
  }

  /** Takes containers, volumes and network away; keeps the images. */
  async dispose(): Promise<void> {
    await this.compose('down', '-v', '--remove-orphans', '-t', '5');
  }
}

const lines = (text: string) => text.split('\n').filter((line) => line !== '');

function run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0
        ? resolve(output)
        : reject(new Error(`${program} ${args.join(' ')}: exit code ${code}\n${(output + errors).slice(-4_000)}`)),
    );
  });
}

/** A free port from `from` on, below those that outgoing connections use. */
async function publishablePort(from: number): Promise<number> {
  for (let port = from + Math.floor(Math.random() * 5_000); ; port++) if (await isFree(port)) return port;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
