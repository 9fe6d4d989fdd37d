import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { LineBuffer } from './line-buffer.js';
import { StdinLines } from './stdin-lines.js';

function taken(lines: LineBuffer): string[] {
  const texts: string[] = [];
  lines.take(100, (text) => texts.push(text));
  return texts;
}

describe('StdinLines', () => {
  it('gives what was typed, also in pieces larger than the buffer, and waits for more', async () => {
    const input = new PassThrough();
    const lines = new LineBuffer(16);
    const stdin = new StdinLines(new AbortController().signal, input);
    input.write(`one\n${'x'.repeat(100)}\nthr`);
    expect(await stdin.fill(lines)).toBe(true);
    expect(taken(lines)).toEqual(['one', 'x'.repeat(100)]);
    const more = stdin.fill(lines);
    input.write('ee\n');
    expect(await more).toBe(true);
    expect(taken(lines)).toEqual(['three']);
  });

  it('stops waiting when the task is asked to stop', async () => {
    const stop = new AbortController();
    const waiting = new StdinLines(stop.signal, new PassThrough()).fill(new LineBuffer(16));
    stop.abort();
    expect(await waiting).toBe(false);
  });
});
