import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
    expect(() => providers({ 'config.providers.file.param.allowed.paths': 'relative' })).toThrow(
      'Path is not absolute',
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
  });
});
