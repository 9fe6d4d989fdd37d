import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigProviders, withVariables } from './config-providers.js';

const PACKAGE = 'org.apache.kafka.common.config.provider.';

describe('ConfigProviders', () => {
  let dir = '';
  let secrets = '';
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'providers-'));
    secrets = join(dir, 'secrets.properties');
    writeFileSync(secrets, 'user=me\npassword=p:w\n');
    mkdirSync(join(dir, 'mounted'));
    writeFileSync(join(dir, 'mounted', 'token'), 'abc\n');
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  const providers = (more: Record<string, string> = {}) =>
    ConfigProviders.from(
      {
        'config.providers': 'file, dir,env',
        'config.providers.file.class': `${PACKAGE}FileConfigProvider`,
        'config.providers.dir.class': `${PACKAGE}DirectoryConfigProvider`,
        'config.providers.env.class': `${PACKAGE}EnvVarConfigProvider`,
        ...more,
      },
      { HOME: '/home/me', SECRET: 's' },
    );
  const resolved = (value: string, more: Record<string, string> = {}) => providers(more).resolve({ key: value })['key'];

  it('reads keys of a file, files of a directory and the environment', () => {
    expect(resolved(`jdbc:\${file:${secrets}:user}:\${file:${secrets}:password}`)).toBe('jdbc:me:p:w');
    expect(resolved(`\${dir:${join(dir, 'mounted')}:token}`)).toBe('abc\n');
    expect(resolved('${env:HOME}/x')).toBe('/home/me/x');
  });

  it('leaves variables that nobody knows', () => {
    const unknown = `\${nope:a:b} \${file:${secrets}:missing} \${dir:${dir}:missing} \${env:MISSING} \${file} $\{}`;
    expect(resolved(unknown)).toBe(unknown);
    expect(providers().resolve({ key: null })).toEqual({ key: null });
  });

  it('names a file that cannot be read', () => {
    expect(() => resolved('${file:/nonexistent:a}')).toThrow('Could not read properties from file /nonexistent');
    expect(() => resolved('${env:x:HOME}')).toThrow(
      "Path is not supported for EnvVarConfigProvider, invalid value 'x'",
    );
  });

  it('reads only where it may', () => {
    const mounted = { 'config.providers.file.param.allowed.paths': join(dir, 'mounted') };
    const outside = `\${file:${secrets}:user}`;
    expect(resolved(outside, mounted)).toBe(outside);
    expect(resolved(`\${file:${join(dir, 'mounted', '..', 'secrets.properties')}:user}`, mounted)).toContain('${file:');
    expect(resolved(outside, { 'config.providers.file.param.allowed.paths': `${dir}/` })).toBe('me');
    const environment = { 'config.providers.env.param.allowlist.pattern': 'HO.*' };
    expect(resolved('${env:HOME}${env:SECRET}', environment)).toBe('/home/me${env:SECRET}');
  });

  it.each([
    ['/', 'me'],
    ['/,,', 'me'],
    ['', 'me'],
    [',', undefined],
    ['DIR/mounted/..', 'me'],
    ['DIR/secrets.properties', 'me'],
    ['DIR/secret', undefined],
  ])('takes allowed.paths as Java splits and compares paths: %s', (given, found) => {
    mkdirSync(join(dir, 'secret'), { recursive: true });
    const allowed = { 'config.providers.file.param.allowed.paths': given.replace('DIR', dir) };
    const variable = `\${file:${secrets}:user}`;
    expect(resolved(variable, allowed)).toBe(found ?? variable);
  });

  it.each([
    ['relative', 'Invalid value relative for configuration allowed.paths: Path is not absolute'],
    ['/nonexistent', 'Invalid value /nonexistent for configuration allowed.paths: Path does not exist'],
    ['/, /tmp', 'Invalid value  /tmp for configuration allowed.paths: Path is not absolute'],
  ])('refuses %s as a path that may be read', (given, message) => {
    for (const name of ['file', 'dir'])
      expect(() => providers({ [`config.providers.${name}.param.allowed.paths`]: given })).toThrow(message);
  });

  it('reads what a link in an allowed directory leads to, as the reference does, but no file as a directory', () => {
    const mounted = join(dir, 'mounted');
    symlinkSync(secrets, join(mounted, 'link'));
    const allowed = { 'config.providers.dir.param.allowed.paths': mounted };
    expect(resolved(`\${dir:${mounted}:link}`, allowed)).toBe('user=me\npassword=p:w\n');
    const noDirectory = `\${dir:${mounted}/token:x}`;
    expect(resolved(noDirectory)).toBe(noDirectory);
  });

  it('refuses a file that is no UTF-8', () => {
    const bad = join(dir, 'mounted', 'bad');
    writeFileSync(bad, Buffer.from([0x61, 0xff]));
    expect(() => resolved(`\${file:${bad}:a}`)).toThrow(`Could not read properties from file ${bad}`);
    expect(() => resolved(`\${dir:${join(dir, 'mounted')}:bad}`)).toThrow(
      `Could not read file ${bad} for property bad`,
    );
  });

  it('knows how long values hold: as long as those of the provider with the shortest time', () => {
    const more = { 'config.providers.file.param.ttl.ms': '5000', 'config.providers.dir.param.ttl.ms': '100' };
    const ttl = (value: string) => providers(more).ttlOf({ a: 'x', b: value });
    expect([ttl('${file:a:b}'), ttl('${file:a:b}${dir:a:b}'), ttl('${env:HOME}'), ttl('y')]).toEqual([
      5000,
      100,
      undefined,
      undefined,
    ]);
    expect(providers().ttlOf({ b: '${file:a:b}' })).toBeUndefined();
    for (const wrong of ['99', '-1', '1.5', 'soon', '']) {
      expect(() => providers({ 'config.providers.file.param.ttl.ms': wrong })).toThrow(
        `Invalid value ${wrong} for configuration ttl.ms: must be a number of milliseconds, at least 100`,
      );
    }
  });

  it('refuses a pattern that is none', () => {
    expect(() => providers({ 'config.providers.env.param.allowlist.pattern': '(' })).toThrow(
      'Invalid value ( for configuration allowlist.pattern: Invalid regex',
    );
  });

  it('refuses a class that does not exist', () => {
    expect(() => providers({ 'config.providers.env.class': 'nope' })).toThrow(
      'Invalid value nope for configuration config.providers.env.class: must be FileConfigProvider',
    );
  });

  it("leaves a worker's plugin path and providers alone", () => {
    const given = {
      'plugin.path': '${env:HOME}',
      'config.providers.x.param.y': '${env:HOME}',
      'group.id': '${env:HOME}',
    };
    expect(providers().resolveWorker(given).properties).toEqual({ ...given, 'group.id': '/home/me' });
  });

  it('puts variables back into what is stored of a task', () => {
    const connector = { password: '${env:SECRET}', topic: 't' };
    expect(withVariables({ password: 's', topic: 'u', file: 's' }, connector)).toEqual({
      password: '${env:SECRET}',
      topic: 'u',
      file: 's',
    });
    const secrets = new Map([['${env:SECRET}', 'open-$&-sesame']]);
    expect(withVariables({ url: 'db://open-$&-sesame@x', topic: 'u' }, connector, secrets)).toEqual({
      url: 'db://${env:SECRET}@x',
      topic: 'u',
    });
  });
});
