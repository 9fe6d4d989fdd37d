import { expect, it } from 'vitest';
import { masked, maskedTask, ConfigMask } from './config-mask.js';

const asked: string[] = [];
const mask = new ConfigMask({
  passwordNames: async (config) => {
    asked.push(String(config['name']));
    if (config['connector.class'] === 'Broken') throw new Error('does not load');
    return Object.keys(config).filter((name) => name.endsWith('pw'));
  },
});
const CONFIG = { name: 'a', 'connector.class': 'C', pw: 'open-sesame', url: 'x' };

it('shows all but passwords, variables and empty values', () => {
  const passwords = new Set(['a', 'b', 'c', 'd']);
  expect(masked({ a: 'x', b: '${file:/f:k}', c: 'x${env:Y}', d: '', e: 'y' }, passwords)).toEqual({
    a: '[hidden]',
    b: '${file:/f:k}',
    c: '[hidden]',
    d: '',
    e: 'y',
  });
});

it("masks in a task its connector's passwords, wherever they stand", () => {
  const task = { pw: 'other', url: 'db://open-sesame@x', file: 'f' };
  expect(maskedTask(task, CONFIG, new Set(['pw']))).toEqual({ pw: '[hidden]', url: 'db://[hidden]@x', file: 'f' });
});

it('asks once for connectors with the same classes and properties', async () => {
  expect([...(await mask.names(CONFIG))]).toEqual(['pw']);
  await mask.names({ ...CONFIG, name: 'b', url: 'y' });
  expect(asked).toEqual(['a']);
  await mask.names({ ...CONFIG, name: 'c', 'connector.class': 'D' });
  expect([...(await mask.names({ ...CONFIG, name: 'd' }, [{ 'task.pw': 'x' }]))]).toContain('task.pw');
  expect(asked).toEqual(['a', 'c', 'd']);
});

it('masks all properties of its own where a plugin does not say which are passwords', async () => {
  const names = await mask.names({ ...CONFIG, 'connector.class': 'Broken', 'tasks.max': '1', topics: 't' });
  expect([...names]).toEqual(['pw', 'url']);
});
