import { describe, expect, it } from 'vitest';
import { referenceRecords } from '../../test/reference-records.js';
import { isSkipped } from '../skipped-record.js';
import { ClusterConfigState } from './cluster-config-state.js';
import { decodeConfigRecord } from './config-records.js';

/** Applies `key=value` lines one after the other; a missing value is a tombstone. */
function fold(...lines: string[]) {
  const state = new ClusterConfigState();
  const events = lines.map((line, offset) => {
    const [, key = '', value = null] = /^([^=]*)(?:=(.*))?$/.exec(line) ?? [];
    const record = decodeConfigRecord(key, value);
    return isSkipped(record) ? state.advance(offset) : state.apply(record, offset);
  });
  return { snapshot: state.snapshot(), events, state };
}

const connector = (name: string, v = '1') => `connector-${name}={"properties":{"v":"${v}"}}`;
const task = (name: string, number: number, v = '1') => `task-${name}-${number}={"properties":{"t":"${v}"}}`;
const commit = (name: string, tasks: number) => `commit-${name}={"tasks":${tasks}}`;
const id = (name: string, number: number) => ({ connector: name, task: number });

describe('ClusterConfigState', () => {
  it('holds task configs back until their commit', () => {
    const before = fold(connector('a'), task('a', 0), task('a', 1));
    expect(before.snapshot.tasks('a')).toEqual([]);
    expect(before.snapshot.taskConfig(id('a', 0))).toBeUndefined();
    const { snapshot, events } = fold(connector('a'), task('a', 0), task('a', 1), commit('a', 2));
    expect(snapshot.tasks('a')).toEqual([id('a', 0), id('a', 1)]);
    expect(snapshot.taskConfig(id('a', 1))).toEqual({ t: '1' });
    expect(snapshot.appliedConnectorConfig('a')).toEqual({ v: '1' });
    expect(snapshot.taskConfigGeneration('a')).toBe(1);
    expect(snapshot.pendingFencing('a')).toBe(true);
    expect(events).toEqual([
      { kind: 'connector-config', connector: 'a' },
      undefined,
      undefined,
      { kind: 'task-configs', connector: 'a' },
    ]);
  });

  it('has no tasks where a set is incomplete, until a whole set comes', () => {
    const half = [connector('a'), task('a', 0), commit('a', 1), task('a', 1, '2'), commit('a', 2)];
    const { snapshot } = fold(...half);
    expect(snapshot.tasks('a')).toEqual([]);
    expect([...snapshot.inconsistentConnectors]).toEqual(['a']);
    // What was left of the incomplete set must not complete the next one.
    const again = fold(...half, task('a', 0, '3'), commit('a', 2));
    expect([...again.snapshot.inconsistentConnectors]).toEqual(['a']);
    const healed = fold(...half, task('a', 0, '3'), task('a', 1, '3'), commit('a', 2)).snapshot;
    expect(healed.tasks('a')).toHaveLength(2);
    expect(healed.taskConfig(id('a', 1))).toEqual({ t: '3' });
    expect(healed.inconsistentConnectors.size).toBe(0);
  });

  it('takes no harm from what compaction left of a larger set', () => {
    const { snapshot } = fold(connector('a'), task('a', 1, 'old'), task('a', 0, 'new'), commit('a', 1));
    expect(snapshot.tasks('a')).toEqual([id('a', 0)]);
    expect(snapshot.taskConfig(id('a', 1))).toBeUndefined();
  });

  it('ignores the commit of a connector that is gone', () => {
    const { snapshot, events } = fold(task('a', 0), commit('a', 1));
    expect(snapshot.connectors()).toEqual([]);
    expect(events[1]).toBeUndefined();
  });

  it('starts what has no target state', () => {
    expect(fold(connector('a')).snapshot.targetState('a')).toBe('STARTED');
    const paused = 'target-state-a={"state":"PAUSED","state.v2":"PAUSED"}';
    expect(fold(paused, connector('a')).snapshot.targetState('a')).toBe('PAUSED');
    expect(fold(connector('a'), paused, 'target-state-a').snapshot.targetState('a')).toBe('STARTED');
    expect(fold(paused, 'target-state-a').snapshot.targetState('a')).toBeUndefined();
  });

  it('tells of a target state only where it changes', () => {
    const started = 'target-state-a={"state":"STARTED","state.v2":"STARTED"}';
    const stopped = 'target-state-a={"state":"PAUSED","state.v2":"STOPPED"}';
    const { events } = fold(connector('a'), started, stopped, stopped);
    expect(events.slice(1)).toEqual([undefined, { kind: 'target-state', connector: 'a' }, undefined]);
  });

  it('forgets all but the target state of a removed connector, and keeps counting generations', () => {
    const stopped = 'target-state-a={"state":"PAUSED","state.v2":"STOPPED"}';
    const { snapshot, events } = fold(
      connector('a'),
      task('a', 0),
      commit('a', 1),
      stopped,
      task('a', 0),
      'connector-a',
    );
    expect(snapshot.connectors()).toEqual([]);
    expect(snapshot.tasks('a')).toEqual([]);
    expect(snapshot.appliedConnectorConfig('a')).toBeUndefined();
    expect(snapshot.targetState('a')).toBe('STOPPED');
    expect(snapshot.taskConfigGeneration('a')).toBe(1);
    expect(events.at(-1)).toEqual({ kind: 'connector-removed', connector: 'a' });
    const reborn = fold(
      connector('a'),
      task('a', 0),
      commit('a', 1),
      task('a', 0),
      'connector-a',
      connector('a'),
      commit('a', 1),
    );
    expect([...reborn.snapshot.inconsistentConnectors]).toEqual(['a']);
  });

  it('notes fencing', () => {
    const { snapshot } = fold(connector('a'), task('a', 0), commit('a', 1), 'tasks-fencing-a={"task-count":1}');
    expect(snapshot.taskCountRecord('a')).toBe(1);
    expect(snapshot.pendingFencing('a')).toBe(false);
  });

  it('counts records that say nothing to it', () => {
    expect(fold('epoch-a={}', 'connector-a={').snapshot.offset).toBe(2);
  });

  it('never changes a snapshot that it gave out', () => {
    const { snapshot, state } = fold(connector('a'));
    expect(state.snapshot()).toBe(snapshot);
    state.apply({ kind: 'connector', connector: 'b', config: {} }, 1);
    expect(snapshot.connectors()).toEqual(['a']);
    expect(snapshot.offset).toBe(1);
    expect(state.snapshot().connectors()).toEqual(['a', 'b']);
  });

  it("reads a reference cluster's topic", () => {
    const { snapshot } = fold(
      ...referenceRecords('config').map(({ key, value }) => (value === null ? key : `${key}=${value}`)),
    );
    expect(snapshot.connectors()).toEqual(['file-a', 'späte-b', 'stopped-c', 'bad-d']);
    expect(snapshot.tasks('file-a')).toEqual([id('file-a', 0)]);
    expect(snapshot.taskConfig(id('file-a', 0))).toMatchObject({ 'batch.size': '7', file: 'in.txt' });
    expect(snapshot.targetState('späte-b')).toBe('PAUSED');
    expect(snapshot.targetState('stopped-c')).toBe('STOPPED');
    expect(snapshot.sessionKey?.key).toHaveLength(32);
    expect(snapshot.taskCountRecord('file-a')).toBe(1);
    expect(snapshot.pendingFencing('bad-d')).toBe(true);
  });
});
