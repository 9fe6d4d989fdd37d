import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What came of a call of a client: what it returned, or the text of what it threw. */
export type Outcome = { readonly returned: unknown } | { readonly thrown: string };

/** Of an outcome only a part of what was returned. */
export const returned = (part: (it: unknown) => unknown) => (outcome: unknown) => {
  const known = outcome as Outcome;
  return 'returned' in known ? part(known.returned) : known;
};

/**
 * A program in another language that uses a client of that language: it is told each call as a line of JSON, and says
 * the outcome as a line.
 */
export class ByLine {
  private readonly lines: AsyncIterator<string>;
  private complaints = '';

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    this.lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    child.stderr.on('data', (chunk: Buffer) => (this.complaints = (this.complaints + chunk.toString()).slice(-2000)));
  }

  static start(command: string, ...args: readonly string[]): ByLine {
    return new ByLine(spawn(command, args, { env: { ...process.env, NO_PROXY: '127.0.0.1' } }));
  }

  async call(call: string, ...args: readonly unknown[]): Promise<Outcome> {
    this.child.stdin.write(`${JSON.stringify({ call, args })}\n`);
    const { done, value } = await this.lines.next();
    if (done === true) throw new Error(`the client ended while it was asked to ${call}:\n${this.complaints}`);
    return JSON.parse(value) as Outcome;
  }

  /** The program ends when no more calls can come. */
  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.stdin.end();
    await once(this.child, 'exit');
  }
}
