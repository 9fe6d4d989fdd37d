import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Line {
  readonly level: string;
  readonly logger: string;
  readonly msg: string;
  readonly connector?: string;
  readonly task?: number;
  readonly password?: string;
  readonly known?: string;
  readonly err?: { readonly type: string; readonly message: string; readonly stack: string };
}

/** Runs a program of the test folder with its output in a pipe, and parses every line. */
async function run(program: string, env: Record<string, string> = {}, ...args: string[]) {
  const path = fileURLToPath(new URL(`../test/${program}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], {
    env: { ...process.env, TRIBUTARY_LOG_LEVEL: '', NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const [exitCode]: unknown[] = await once(child, 'close');
  const lines = text.split('\n').filter((line) => line !== '');
  return { exitCode, lines: lines.map((line) => JSON.parse(line) as Line) };
}

describe('loggers', () => {
  it('write whole lines from several threads at once, and all threads follow changes of levels', async () => {
    const { exitCode, lines } = await run('logging-threads.mjs');
    expect(exitCode).toBe(0);
    const fromThreads = lines.filter(({ logger }) => logger === 'in.thread');
    expect(fromThreads).toHaveLength(240);
    expect(fromThreads.every((line) => line.connector === 'c' && line.password === '[hidden]')).toBe(true);
    expect(lines.filter(({ logger }) => logger === 'main')).toMatchObject([{ level: 'warn', known: 'DEBUG' }]);
    expect(lines.filter(({ msg }) => msg === 'must not be seen')).toEqual([]);
  });

  it('warn about a level that does not exist', async () => {
    const { lines } = await run('logging-threads.mjs', { TRIBUTARY_LOG_LEVEL: 'loud' });
    expect(lines[0]?.msg).toContain('TRIBUTARY_LOG_LEVEL is loud, allowed are OFF, FATAL, ERROR');
  });
});

describe('lastWords', () => {
  it.each(['error', 'rejection'])('says in one fatal line why the process ends: an %s', async (how) => {
    const { exitCode, lines } = await run('dying-process.mjs', {}, how);
    expect(exitCode).toBe(3);
    expect(lines).toMatchObject([{ level: 'fatal', logger: 'test', err: { type: 'TypeError' } }]);
    expect(lines[0]?.err?.stack).toContain('caused by: Error: inner');
  });
});
