import { appendFileSync, mkdirSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { TestTask, temporaryFolder } from './test-task.js';

const folder = temporaryFolder();
const tasks: TestTask[] = [];
let count = 0;

function file(content: string | Buffer): string {
  const path = folder.path(`source-${count++}`);
  writeFileSync(path, content);
  return path;
}

function start(path: string, more: Readonly<Record<string, string>> = {}, position?: number): TestTask {
  const task = new TestTask({ file: path, topic: 't', ...more }, position === undefined ? null : { position });
  tasks.push(task);
  return task;
}

async function read(content: string | Buffer, lines: number, position?: number): Promise<unknown[][]> {
  const records = await start(file(content), {}, position).records(lines);
  return records.map(({ value, sourceOffset }) => [value, sourceOffset['position']]);
}

afterEach(async () => {
  await Promise.all(tasks.splice(0).map((task) => task.stop()));
});
afterAll(() => folder.remove());

describe('FileStreamSourceTask', () => {
  it('makes a record of each line, with its schema, partition and offset, and no key', async () => {
    const path = file('one\n');
    const before = Date.now();
    const [record] = await start(path).records(1);
    expect(record).toMatchObject({
      topic: 't',
      kafkaPartition: null,
      keySchema: null,
      key: null,
      valueSchema: { type: 'STRING', optional: false },
      value: 'one',
      sourcePartition: { filename: path },
      sourceOffset: { position: 4 },
    });
    expect(record?.timestamp).toBeGreaterThanOrEqual(before);
  });

  it.each([
    [
      'line feeds',
      'a\nbb\nccc',
      [
        ['a', 2],
        ['bb', 5],
      ],
    ],
    [
      'carriage returns and line feeds',
      'a\r\nbb\r\nccc\r\n',
      [
        ['a', 3],
        ['bb', 7],
        ['ccc', 12],
      ],
    ],
    [
      'carriage returns, the last of which may be half of an end',
      'a\rbb\rccc\r',
      [
        ['a', 2],
        ['bb', 5],
      ],
    ],
    [
      'a mixture',
      'a\r\rb\n\nc\r\n\r\nd\n\rx\n',
      [
        ['a', 2],
        ['', 3],
        ['b', 5],
        ['', 6],
        ['c', 9],
        ['', 11],
        ['d', 13],
        ['', 14],
        ['x', 16],
      ],
    ],
    ['a byte order mark', '\ufeffa\n', [['\ufeffa', 5]]],
  ])('cuts lines at %s', async (_, content, expected) => {
    expect(await read(content, expected.length)).toEqual(expected);
  });

  it('reads on from a stored position as the reference does, also beyond ASCII, where it counts bytes', async () => {
    expect(await read('äö\n€\n😀x\nend\n', 4)).toEqual([
      ['äö', 5],
      ['€', 9],
      ['😀x', 15],
      ['end', 19],
    ]);
    expect(await read('äö\n€\n😀x\nend\n', 3, 5)).toEqual([
      ['€', 9],
      ['😀x', 15],
      ['end', 19],
    ]);
  });

  it('replaces bytes that are not UTF-8 and goes on', async () => {
    const content = Buffer.from([0xff, 0x61, 0x0a, 0xe2, 0x82, 0x0a, 0x62, 0x0a]);
    expect(await read(content, 3)).toEqual([
      ['\ufffda', 3],
      ['\ufffd', 6],
      ['b', 8],
    ]);
  });

  it('returns at most batch.size records at a time and loses none', async () => {
    const task = start(file('1\n2\n3\n4\n5\n'), { 'batch.size': '2' });
    expect((await task.poll()).map(({ value }) => value)).toEqual(['1', '2']);
    expect((await task.poll()).map(({ value }) => value)).toEqual(['3', '4']);
    expect((await task.poll()).map(({ value }) => value)).toEqual(['5']);
  });

  it('holds the last line back until it has an end, then follows the file as it grows', async () => {
    const path = file('whole\npart');
    const task = start(path);
    expect(await task.lines(1)).toEqual(['whole']);
    appendFileSync(path, 'ial\nnext\n');
    expect(await task.lines(2)).toEqual(['partial', 'next']);
  });

  it('finds every line, and the right position, when lines are larger than its buffer or cross its end', async () => {
    const lines = Array.from({ length: 300 }, (_, index) => `${index}:`.padEnd((index * 7919) % 20_000, 'é'));
    lines.push('x'.repeat(2_000_000), 'last');
    const records = await start(file(`${lines.join('\n')}\n`)).records(lines.length);
    expect(records.map(({ value }) => value)).toEqual(lines);
    expect(records.at(-1)?.sourceOffset).toEqual({ position: Buffer.byteLength(lines.join('\n')) + 1 });
  });

  it('waits for a file that does not exist yet, warning once', async () => {
    const path = folder.path('later');
    const task = start(path);
    expect(await task.poll()).toEqual([]);
    expect(await task.poll()).toEqual([]);
    writeFileSync(path, 'here\n');
    expect(await task.lines(1)).toEqual(['here']);
    expect(task.warnings).toEqual([`Couldn't find file ${path}, waiting for it to be created`]);
  });

  it('stops waiting at once when it is asked to stop', async () => {
    for (const path of [folder.path('never'), file('')]) {
      const [task, neighbour] = [start(path), start(path)];
      const waited = neighbour.poll().then(() => 'as long as its neighbour');
      const polled = task.poll();
      task.abort();
      expect(await Promise.race([polled, waited])).toEqual([]);
    }
  });

  it('reads a truncated file from its start, with a warning, and keeps the line that had no end', async () => {
    const path = file('one\ntwo\nthr');
    const task = start(path);
    expect(await task.lines(2)).toEqual(['one', 'two']);
    truncateSync(path);
    const [rest] = await task.records(1);
    expect(rest).toMatchObject({ value: 'thr', sourceOffset: { position: 0 } });
    appendFileSync(path, 'new\n');
    expect((await task.records(1))[0]).toMatchObject({ value: 'new', sourceOffset: { position: 4 } });
    expect(task.warnings).toEqual([`File ${path} was truncated after 11 bytes were read: going on from its start`]);
  });

  it('reads a rotated file to its end before it goes on with the new one, with a warning', async () => {
    const path = file('one\n');
    const task = start(path);
    expect(await task.lines(1)).toEqual(['one']);
    renameSync(path, `${path}.1`);
    writeFileSync(path, 'new\n');
    appendFileSync(`${path}.1`, 'late\nend');
    expect(await task.lines(3)).toEqual(['late', 'end', 'new']);
    expect(task.warnings).toEqual([
      `File ${path} was replaced by another file after 12 bytes were read: going on from its start`,
    ]);
  });

  it('starts again from the start, with a warning, if the file became shorter while nobody read it', async () => {
    const path = file('ab\n');
    const task = start(path, {}, 100);
    expect(await task.lines(1)).toEqual(['ab']);
    expect(task.warnings).toEqual([
      `File ${path} has 3 bytes but 100 were read before: reading it again from its start`,
    ]);
  });

  it('fails with a clear error for a directory and for an offset that is no position', async () => {
    const path = folder.path('directory');
    mkdirSync(path);
    await expect(start(path).poll()).rejects.toThrow(`Error while trying to read file ${path}: it is a directory`);
    const odd = new TestTask({ file: file('a\n'), topic: 't' }, { position: 'x' });
    tasks.push(odd);
    await expect(odd.poll()).rejects.toThrow('Offset position is the incorrect type');
  });
});
