import { ConfigDef, definePlugins } from '@tributary/connect-api';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PluginRegistry } from './plugin-registry.js';

const noKeys = ConfigDef.define({});

class Base {
  version(): string | undefined {
    return '1.0';
  }
  config(): ConfigDef {
    return noKeys;
  }
}

/** JavaScript source of a package that offers one sink connector. */
const sinkModule = (className: string, members = '') => `
  class Sink { static className = '${className}'; config() { return { keys: new Map() }; } ${members} }
  export default { sinks: [Sink] };`;

describe('PluginRegistry', () => {
  let dir = '';
  let registry: PluginRegistry;

  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  };

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'plugins-'));
    write(
      'esm/package.json',
      '{"version":"2.0","type":"module","exports":{".":{"types":"./x.d.ts","import":"./dist/main.js"}}}',
    );
    write('esm/dist/main.js', sinkModule('com.acme.EsmSinkConnector'));
    write('cjs/package.json', '{"version":"1.5","main":"lib/main.cjs"}');
    write(
      'cjs/lib/main.cjs',
      `class S { config() { return {}; } version() { return '7'; } } S.className = 'com.acme.CjsSinkConnector';
       exports.__esModule = true; exports.default = { sinks: [S] };`,
    );
    write('@acme/scoped/package.json', '{"type":"module"}');
    write('@acme/scoped/index.js', sinkModule('com.acme.ScopedSinkConnector'));
    write('single.mjs', sinkModule('com.acme.SingleSinkConnector', "version() { return '1.9'; }"));
    write('newer.mjs', sinkModule('com.acme.SingleSinkConnector', "version() { return '1.10'; }"));
    write('broken/package.json', '{"type":"module"}');
    write('broken/index.js', 'throw new Error("no database driver");');
    write('empty/index.js', 'module.exports = {};');
    write(
      'half.mjs',
      `class Bad { constructor() { throw new Error('bad'); } config() {} } ${sinkModule('com.acme.HalfSinkConnector').replace('[Sink]', '[Bad, Sink]')}`,
    );
    write('README.md', 'not a plugin');
    registry = await PluginRegistry.load({ pluginPath: [dir, join(dir, 'missing')], builtIns: [builtIns] });
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('loads ES modules, CommonJS, scoped packages and single files, and goes on after broken ones', () => {
    expect(registry.list({ connectorsOnly: true })).toEqual([
      { class: 'a.Twin', type: 'sink', version: '1.0' },
      { class: 'b.Twin', type: 'sink', version: '1.0' },
      { class: 'com.acme.CjsSinkConnector', type: 'sink', version: '7' },
      { class: 'com.acme.EsmSinkConnector', type: 'sink', version: '2.0' },
      { class: 'com.acme.HalfSinkConnector', type: 'sink' },
      { class: 'com.acme.ScopedSinkConnector', type: 'sink' },
      { class: 'com.acme.SingleSinkConnector', type: 'sink', version: '1.9' },
      { class: 'com.acme.SingleSinkConnector', type: 'sink', version: '1.10' },
      { class: 'x.FileStreamSourceConnector', type: 'source', version: '1.0' },
    ]);
  });

  it('lists the other kinds after the connectors', () => {
    const rest = registry.list({ connectorsOnly: false }).slice(9);
    expect(rest.map(({ type, class: name }) => `${type} ${name}`)).toEqual([
      'transformation x.Move$Key',
      'converter x.JsonConverter',
      'header_converter x.JsonConverter',
    ]);
  });

  it.each(['x.FileStreamSourceConnector', 'FileStreamSourceConnector', 'FileStreamSource'])(
    'finds a connector as %s',
    (name) => {
      expect(registry.connector(name)).toMatchObject({ kind: 'source', className: 'x.FileStreamSourceConnector' });
      expect(registry.newConnector(name).version()).toBe('1.0');
    },
  );

  it('finds converters as such and as header converters, nested classes by full name only', () => {
    expect(registry.newConverter('Json')).toBeInstanceOf(JsonConverter);
    expect(registry.newHeaderConverter('JsonConverter')).toBeInstanceOf(JsonConverter);
    expect(registry.find('transformation', 'Move$Key')).toBeUndefined();
    expect(registry.find('transformation', 'Key')).toBeUndefined();
    expect(registry.newTransformation('x.Move$Key')).toBeInstanceOf(Move);
    expect(() => registry.newPredicate('Json')).toThrow(
      'Failed to find any predicate with the name Json, available are: ',
    );
  });

  it('takes the newest version unless another is asked for', () => {
    expect(registry.connector('SingleSink').version).toBe('1.10');
    expect(registry.connector('SingleSink', '1.9').version).toBe('1.9');
    expect(registry.connector('SingleSink', '[1.0,1.10)').version).toBe('1.9');
    expect(registry.connector('SingleSink', 'latest').version).toBe('1.10');
    expect(() => registry.connector('SingleSink', '9.9')).toThrow(
      'Plugin com.acme.SingleSinkConnector not found that matches the version range [9.9,9.9], available versions: [1.9, 1.10]',
    );
  });

  it('names the connectors that there are when it finds none', () => {
    expect(() => registry.connector('Json')).toThrow(
      'Failed to find any class that implements Connector and which name matches Json, available connectors are: ' +
        "PluginDesc{klass=class a.Twin, name='a.Twin', version='1.0', encodedVersion=1.0, type=sink, typeName='sink', location='classpath'}, ",
    );
  });

  it('refuses a name that several connectors have', () => {
    expect(() => registry.connector('Twin')).toThrow(
      'More than one connector matches alias Twin. Please use full package and class name instead. Classes found: PluginDesc{klass=class a.Twin,',
    );
  });
});

class FileStreamSource extends Base {
  static readonly className: string = 'x.FileStreamSourceConnector';
  override version(): string {
    return '1.0';
  }
  start(): void {}
  stop(): void {}
  taskConfigs(): [] {
    return [];
  }
  taskClass(): never {
    throw new Error('has no tasks');
  }
}
class TwinA extends FileStreamSource {
  static override readonly className = 'a.Twin';
}
class TwinB extends FileStreamSource {
  static override readonly className = 'b.Twin';
}
class JsonConverter {
  static readonly className = 'x.JsonConverter';
  config(): ConfigDef {
    return noKeys;
  }
  configure(): void {}
  fromConnectData(): null {
    return null;
  }
  toConnectData(): { schema: null; value: null } {
    return { schema: null, value: null };
  }
  fromConnectHeader(): null {
    return null;
  }
  toConnectHeader(): { schema: null; value: null } {
    return { schema: null, value: null };
  }
}
class Move {
  static readonly className = 'x.Move$Key';
  config(): ConfigDef {
    return noKeys;
  }
  configure(): void {}
  apply(): null {
    return null;
  }
}
const builtIns = definePlugins({
  sources: [FileStreamSource],
  sinks: [TwinA, TwinB],
  converters: [JsonConverter],
  headerConverters: [JsonConverter],
  transformations: [Move],
});
