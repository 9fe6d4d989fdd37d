import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RoleRules } from '../roles/role-rules.js';
import { BasicLogin, credentialsIn } from './basic-login.js';
import { credentialFiles } from './login-config.js';
import { UserFile } from './user-file.js';

const MODULE = 'org.apache.kafka.connect.rest.basic.auth.extension.PropertyFileLoginModule';
let directory: string;

beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'basic-'))));
afterAll(() => rmSync(directory, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

const roles = new RoleRules({ property: 'a', names: ['*'] }, { property: 'r', names: ['bob'] });
const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`;

function loginTo(...contents: (string | Buffer)[]) {
  return new BasicLogin(
    contents.map((content, i) => UserFile.read(file(`users-${i}`, content))),
    roles,
  );
}

describe('a login', () => {
  test.each([
    ['alice:secret', 'alice', 'admin'],
    ['bob:b:ob', 'bob', 'read-only'],
    ['carol:', 'carol', 'admin'],
    ['zoë:päss', 'zoë', 'admin'],
  ])('with %s is taken', (credentials, user, role) => {
    const login = loginTo('alice=secret\nbob=b:ob\ncarol=\nzoë=päss\n');
    expect(login.login(basic(credentials))).toEqual({ principal: { user, role } });
  });

  test.each([
    [basic('alice:wrong'), 'wrong'],
    [basic('alice:'), 'wrong'],
    [basic('nobody:secret'), 'wrong'],
    [basic('__proto__:x'), 'wrong'],
    [basic(':secret'), 'missing'],
    [basic('alice'), 'missing'],
    ['Basic !!!', 'missing'],
    ['Basic', 'missing'],
    ['Bearer abc', 'missing'],
    [undefined, 'missing'],
  ])('with %s is refused', (header, problem) => {
    expect(loginTo('alice=secret').login(header)).toEqual({ problem });
  });

  test('is taken where one of several files has the user', () => {
    const login = loginTo('alice=1', 'dave=2');
    expect(login.login(basic('dave:2'))).toEqual({ principal: { user: 'dave', role: 'admin' } });
    expect(login.login(basic('dave:1'))).toEqual({ problem: 'wrong' });
  });

  test('is not needed where a file is empty, and then nobody has a name that nobody has checked', () => {
    const login = loginTo('# nobody\n');
    const anybody = { principal: { user: undefined, role: 'admin' } };
    expect([login.login(undefined), login.login(basic('bob:x'))]).toEqual([anybody, anybody]);
  });

  test('goes by a file in Latin-1 as well', () => {
    const login = loginTo(Buffer.from('zoë=päss', 'latin1'));
    expect(login.login(basic('zoë:päss'))).toEqual({ principal: { user: 'zoë', role: 'admin' } });
  });

  test('may be written in any case', () => {
    expect(credentialsIn(basic('a:b').replace('Basic', 'bAsIc'))).toEqual({ user: 'a', password: 'b' });
  });
});

describe('the JAAS file', () => {
  const jaas = (options: string, entry = 'KafkaConnect', module = MODULE) =>
    file('jaas.conf', `${entry} { ${module} required ${options}; };`);

  test('is that of the property, else the last one of KAFKA_OPTS', () => {
    const path = jaas('file="/etc/users"');
    const opts = (value: string) => `-Xmx1G -Djava.security.auth.login.config=${value} -Dx=y`;
    expect(credentialFiles(path, opts('/nope'))).toEqual(['/etc/users']);
    for (const value of [path, `=${path}`, `"${path}"`, `'${path}'`, `/nope ${opts(path)}`, pathToFileURL(path).href]) {
      expect(credentialFiles(undefined, opts(value)), value).toEqual(['/etc/users']);
    }
  });

  test('may have the entry that Java falls back to, and several modules', () => {
    expect(credentialFiles(jaas('file="/a"', 'other'), undefined)).toEqual(['/a']);
    const two = `KafkaConnect { ${MODULE} optional file="/a"; ${MODULE} sufficient file="/b"; };`;
    expect(credentialFiles(file('two.conf', two), undefined)).toEqual(['/a', '/b']);
  });

  test.each<[string, () => string | undefined, RegExp]>([
    ['none', () => undefined, /^Missing required configuration "rest\.auth\.login\.config".*KAFKA_OPTS$/],
    ['one that is not there', () => join(directory, 'nope'), /^Could not read JAAS file .*nope: ENOENT/],
    [
      'one without the entry',
      () => jaas('file="/a"', 'Wrong'),
      /jaas\.conf: it has no entry KafkaConnect with a module$/,
    ],
    ['one without the option', () => jaas('debug=true'), /: option file of .* must name the file with the users$/],
    ['one with a blank option', () => jaas('file=" "'), /: option file of .* must name the file with the users$/],
    [
      'one with another module',
      () => jaas('', 'KafkaConnect', 'com.example.Ldap'),
      /com\.example\.Ldap .* is not known/,
    ],
    ['one that cannot be parsed', () => file('odd.conf', 'KafkaConnect ;'), /odd\.conf: expected {, found ;$/],
  ])('is refused: %s', (_what, path, problem) => {
    expect(() => credentialFiles(path(), undefined)).toThrow(problem);
  });

  test('a file of users that cannot be read is named, without what is in it', () => {
    expect(() => UserFile.read(join(directory, 'nobody'))).toThrow(
      /^Could not read the file of users .*nobody: ENOENT/,
    );
    const bad = file('bad', 'alice=\\u00secret');
    expect(() => UserFile.read(bad)).toThrow(`Could not read the file of users ${bad}: it is no properties file`);
  });
});
