import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sinkContext } from '../testing/contexts.js';
import { MockSinkConnector } from './mock-sink.connector.js';
import { MockSinkTask } from './mock-sink.task.js';
import { MockSourceConnector } from './mock-source.connector.js';
import { MockSourceTask } from './mock-source.task.js';

describe.each([MockSourceConnector, MockSinkConnector])('%o', (Mock) => {
  let errors: unknown[];
  beforeEach(() => {
    vi.useFakeTimers();
    errors = [];
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function started(props: Readonly<Record<string, string>>) {
    const connector = new Mock();
    connector.initialize({
      connectorName: 'c',
      requestTaskReconfiguration: () => undefined,
      raiseError: (error) => errors.push(error),
    });
    connector.start(props);
    return connector;
  }

  it('has one task, with the properties of the connector', () => {
    expect(started({ a: 'b' }).taskConfigs()).toEqual([{ a: 'b' }]);
  });

  it.each([
    [{ mock_mode: 'connector-failure', delay_ms: '2000' }, 2_000],
    [{ mock_mode: 'connector-failure' }, 15_000],
  ])('fails after its delay with %o', (props, delayMs) => {
    started(props);
    vi.advanceTimersByTime(delayMs - 1);
    expect(errors).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(errors).toEqual([new Error()]);
  });

  it.each<Readonly<Record<string, string>>>([
    {},
    { mock_mode: 'task-failure', delay_ms: '1' },
    { mock_mode: 'other', delay_ms: 'x' },
  ])('does not fail itself with %o', (props) => {
    started(props);
    vi.advanceTimersByTime(60_000);
    expect(errors).toEqual([]);
  });

  it('does not fail after it was stopped', () => {
    started({ mock_mode: 'connector-failure', delay_ms: '5' }).stop();
    vi.advanceTimersByTime(60_000);
    expect(errors).toEqual([]);
  });

  it('does not start where its delay is no number', () => {
    expect(() => started({ mock_mode: 'connector-failure', delay_ms: '1s' })).toThrow('For input string: "1s"');
  });
});

describe('tasks of mock connectors', () => {
  const FAILING = { mock_mode: 'task-failure', delay_ms: '1000' };

  it('fail once their delay is over', () => {
    let now = 0;
    const source = new MockSourceTask(() => now);
    const sink = new MockSinkTask(() => now);
    for (const task of [source, sink]) task.start(FAILING);
    now = 1_000;
    expect(source.poll()).toEqual([]);
    sink.put();
    now = 1_001;
    expect(() => source.poll()).toThrow(Error);
    expect(() => sink.put()).toThrow(Error);
  });

  it('never fail in another mode, whatever their delay says', () => {
    let now = 0;
    const source = new MockSourceTask(() => now);
    source.start({ mock_mode: 'connector-failure', delay_ms: 'x' });
    now = 1e9;
    expect(source.poll()).toEqual([]);
  });

  it.each([
    ['1000', 250],
    ['100', 100],
  ])('ask to be called soon where they only take records and fail after %s ms', (delay, soon) => {
    const timeouts: number[] = [];
    const sink = new MockSinkTask();
    sink.initialize(sinkContext(timeouts));
    sink.start({ ...FAILING, delay_ms: delay });
    sink.put();
    expect(timeouts).toEqual([soon, soon]);
  });

  it('do not ask for anything where they are not to fail', () => {
    const timeouts: number[] = [];
    const sink = new MockSinkTask();
    sink.initialize(sinkContext(timeouts));
    sink.start({});
    sink.put();
    expect(timeouts).toEqual([]);
  });
});
