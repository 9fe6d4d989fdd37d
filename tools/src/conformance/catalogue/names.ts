import type { Scenario } from '../step.js';
import { Life, scenario, source } from './life.js';

const NAMES = [
  'with space',
  'uni-ä你😀',
  'pl+us',
  'se;mi',
  'q?m',
  'ha#sh',
  'a/b',
  'a%b',
  'a%2Fb',
  '..',
  '.',
  'a\\b',
  'dot.',
  'a&b=c',
  'q"uote',
  "ap'os",
  '<x>',
  '[b]|^`~!$()*,:@',
  '{x}',
  '{',
  '__proto__',
  'constructor',
  'L'.repeat(300),
];

/** Without tasks, so that nothing happens by itself. */
const STOPPED = { initial_state: 'STOPPED' };

/** A connector of that name is made, read, changed and taken away again. */
function named(name: string): Scenario {
  const it = new Life(name, encodeURIComponent(name));
  return scenario(
    it.create(source('named'), STOPPED),
    it.get(),
    it.get('/config'),
    it.send('PUT', '/config', source('named', { x: 'y' })),
    it.send('DELETE'),
    it.get(),
  );
}

/** Blanks around a name are not part of it where it is created, and are in a path. */
function padded(): Scenario {
  const it = new Life('padded');
  const blank = new Life(' padded ');
  return scenario(
    blank.create(source('named'), STOPPED),
    it.get(),
    blank.get(),
    it.send('DELETE'),
    blank.send('PUT', '/config', source('named')),
    blank.get('/config'),
    it.get(),
    blank.send('DELETE'),
    new Life('\tpadded\n').create(source('named'), STOPPED),
    it.send('DELETE'),
  );
}

export const namesThatWork: Scenario[] = [...NAMES.map(named), padded()];
