import { beforeEach, describe, expect, it } from 'vitest';
import { logLevel, LogLevels, type LogLevel } from './log-levels.js';

describe('LogLevels', () => {
  let levels = new LogLevels('INFO', () => 42);
  let applied: Record<string, LogLevel> = {};

  beforeEach(() => {
    levels = new LogLevels('INFO', () => 42);
    applied = {};
    for (const name of ['a.b.c', 'a.b', 'a.bc', 'z']) levels.register(name, (level) => (applied[name] = level));
  });

  it('gives every logger the root level at first', () => {
    expect(applied).toEqual({ 'a.b.c': 'INFO', 'a.b': 'INFO', 'a.bc': 'INFO', z: 'INFO' });
    expect(levels.get('a.b')).toEqual({ level: 'INFO', lastModified: null });
    expect(levels.get('a')).toBeUndefined();
  });

  it('sets a level for a name and all below it, and tells which changed', () => {
    expect(levels.set('a.b', 'DEBUG')).toEqual(['a.b', 'a.b.c']);
    expect(applied).toEqual({ 'a.b.c': 'DEBUG', 'a.b': 'DEBUG', 'a.bc': 'INFO', z: 'INFO' });
    expect(levels.get('a.b.c')).toEqual({ level: 'DEBUG', lastModified: 42 });
    expect(levels.set('a.b', 'DEBUG')).toEqual([]);
  });

  it('overrides what was set further below', () => {
    levels.set('a.b.c', 'TRACE');
    expect(levels.set('a', 'WARN')).toEqual(['a', 'a.b', 'a.b.c', 'a.bc']);
    expect(applied['a.b.c']).toBe('WARN');
  });

  it('sets everything by the root', () => {
    levels.set('z', 'TRACE');
    expect(levels.set('root', 'ERROR')).toEqual(['a.b', 'a.b.c', 'a.bc', 'root', 'z']);
    expect(levels.get('')).toEqual({ level: 'ERROR', lastModified: 42 });
  });

  it('gives loggers that come later the level of their nearest parent', () => {
    levels.set('late', 'DEBUG');
    let level: LogLevel | undefined;
    levels.register('late.comer', (applies) => (level = applies));
    expect(level).toBe('DEBUG');
  });

  it('lists all by name', () => {
    expect(levels.all().map(([name]) => name)).toEqual(['a.b', 'a.b.c', 'a.bc', 'root', 'z']);
  });

  it('hands its settings on to another registry', () => {
    levels.set('a', 'WARN');
    levels.set('a.b', 'DEBUG');
    const other = new LogLevels('INFO');
    other.register('a.b.x', () => undefined);
    for (const [namespace, level] of levels.settings()) other.adopt(namespace, level);
    expect(other.get('a.b.x')?.level).toBe('DEBUG');
    expect(other.get('a')?.level).toBe('WARN');
  });

  it('knows levels whatever their case', () => {
    expect([logLevel('debug'), logLevel('All'), logLevel('bogus')]).toEqual(['DEBUG', 'ALL', undefined]);
  });
});
