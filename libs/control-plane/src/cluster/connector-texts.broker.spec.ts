import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Status } from '@tributary/kafka-storage';
import { HerderRig, type RigHerder } from '../../test/herder-rig.js';
import { ConnectorTexts, type Expansion } from './connector-texts.js';

const rig = new HerderRig();
let writer: RigHerder;
let reader: RigHerder;
let texts: ConnectorTexts;

beforeAll(async () => {
  const launcher = {
    versionOf: () => null,
    launch: () => Promise.reject(new Error('nobody leads here')),
  };
  writer = await rig.herder('w:1', launcher);
  reader = await rig.herder('r:1', launcher);
  texts = new ConnectorTexts(reader.view, reader.configs, reader.statuses);
  await writer.writer.claim();
});
afterAll(() => rig.dispose());

const running: Status = { state: 'RUNNING', trace: null, workerId: 'w:1', generation: 1, version: '1.0' };
const BOTH: readonly Expansion[] = ['info', 'status'];

/** What the texts say once the reader has seen all that was written. */
async function lists(): Promise<Record<string, unknown>> {
  await reader.view.refresh();
  return Object.fromEntries(
    [BOTH, ['info'], ['status'], []].map((expansions) => [
      expansions.join('+'),
      JSON.parse(texts.list(expansions as Expansion[]).toString()),
    ]),
  );
}

/** The same, made by the view for this one question. */
function expected(): Record<string, unknown> {
  const { view, statuses } = reader;
  const names = view.connectorNames();
  const withStatus = names.filter((name) => statuses.connector(name) !== undefined);
  const of = (all: readonly string[], entry: (name: string) => unknown) =>
    Object.fromEntries(all.map((name) => [name, entry(name)]));
  return {
    'info+status': of(withStatus, (name) => ({ info: view.connectorInfo(name), status: view.connectorStatus(name) })),
    info: of(names, (name) => ({ info: view.connectorInfo(name) })),
    status: of(withStatus, (name) => ({ status: view.connectorStatus(name) })),
    '': of(names, () => ({})),
  };
}

test('texts follow every change of what they show', async () => {
  const name = 'n "quoted" ü';
  const changes: [string, () => Promise<void>][] = [
    ['another connector', () => writer.writer.putConnector('2', { name: '2' })],
    ['its status', () => writer.statuses.putConnector('2', running)],
    ['the connector', () => writer.writer.putConnector(name, { name, a: '1' })],
    ['a status', () => writer.statuses.putConnector(name, running)],
    ['tasks', () => writer.writer.putTaskConfigs(name, [{ t: '0' }, { t: '1' }])],
    ["a task's status", () => writer.statuses.putTask({ connector: name, task: 1 }, running)],
    ["a task's failure", () => writer.statuses.putTask({ connector: name, task: 1 }, { ...running, state: 'FAILED' })],
    ['another config', () => writer.writer.putConnector(name, { name, b: '2' })],
    ['fewer tasks', () => writer.writer.putTaskConfigs(name, [{ t: '0' }])],
    ['stop', () => writer.writer.putTargetState(name, 'STOPPED')],
    ["no task's status", () => writer.statuses.putTask({ connector: name, task: 1 }, null)],
    ['no connector', () => writer.writer.removeConnector(name)],
    ['no status', () => writer.statuses.putConnector(name, null)],
  ];
  let before = JSON.stringify(await lists());
  for (const [what, change] of changes) {
    await change();
    const after = await lists();
    expect(after, what).toEqual(expected());
    // Only what follows a deletion shows nowhere.
    expect(JSON.stringify(after) === before, what).toBe(what === 'no status');
    before = JSON.stringify(after);
  }
});

test('a single connector has the texts that it has in the list', async () => {
  await reader.view.refresh();
  expect(JSON.parse(texts.info('2'))).toEqual(reader.view.connectorInfo('2'));
  expect(JSON.parse(texts.status('2'))).toEqual(reader.view.connectorStatus('2'));
  expect(texts.list(['status', 'info']).toString()).toBe(
    `{"2":{"status":${texts.status('2')},"info":${texts.info('2')}}}`,
  );
  expect(() => texts.info('none')).toThrow('Connector none not found');
  expect(() => texts.status('none')).toThrow('No status found for connector none');
});

test('what nothing has changed is not made again', () => {
  expect(texts.list(BOTH)).toBe(texts.list(BOTH));
});
