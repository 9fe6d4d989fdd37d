import { createWriteStream } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { PythonEnvironment } from '../python/index.js';

export interface FuzzOptions {
  readonly baseUrl: string;
  readonly seconds: number;
  /** of schemathesis, separated by commas */
  readonly phases: string;
  /** schemathesis' own */
  readonly configFile: string;
  /** where it keeps what it finds */
  readonly directory: string;
  readonly logFile: string;
}

const GRACE_MS = 180_000;

/** Has schemathesis try all operations of the API's document; rejects where it found something, which is printed. */
export async function fuzz(python: PythonEnvironment, options: FuzzOptions): Promise<void> {
  const { baseUrl, seconds, phases, configFile, directory, logFile } = options;
  const args = [
    '--config-file',
    configFile,
    'run',
    `${baseUrl}/openapi.json`,
    '--max-time',
    String(seconds),
    '--phases',
    phases,
  ];
  const child = spawn(python.command('schemathesis'), args, {
    cwd: directory,
    env: { ...process.env, NO_COLOR: '1', COLUMNS: '120' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(logFile);
  let output = '';
  const keep = (chunk: Buffer) => {
    log.write(chunk);
    output += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000 + GRACE_MS);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  log.end();
  if (code !== 0) {
    console.log(output);
    throw new Error(`schemathesis ended with ${code ?? 'no exit code in time'}: what it found is above`);
  }
  console.log(summaryOf(output));
}

/** The last part of what schemathesis prints. */
export function summaryOf(output: string): string {
  const from = output.search(/^=+ SUMMARY =+$/m);
  return from < 0 ? output : output.slice(from).trim();
}
