import { request, type Scenario } from '../step.js';
import { Life, scenario, source } from './life.js';

const PREFIX = '{"connector.class":"FileStreamSource","topic":"$SIDE$-configs","file":"$FOLDER$/in.txt"';

/** What becomes of values of all kinds, as text between the braces. */
const VALUES: readonly string[] = [
  '"n":1,"f":1.0,"d":1.10,"e":1E3,"m":-0,"big":123456789012345678901234567890,"t":true,"x":false',
  '"empty":"","space":"  ","padded":" a ","ünï":"çödé 你好 😀","escaped":"\\u00e9\\n\\t\\"\\\\\\/"',
  '"x":"first","x":"second"',
  '"file":null',
  '"constructor":"a","toString":"b","hasOwnProperty":"c"',
  '"2":"b","1":"a","z":"c"',
  '"a.b":"x","a b":"y","a/b":"z","":"w"',
];

function kept(values: string, index: number): Scenario {
  const it = new Life(`kept-${index}`);
  return scenario(
    request('POST', '/connectors', `{"name":"kept-${index}","initial_state":"STOPPED","config":${PREFIX},${values}}}`),
    it.get(),
    it.get('/config'),
    it.send('PUT', '/config', `${PREFIX},${values}}`),
    it.send('DELETE'),
  );
}

/** A name that is special in JavaScript. */
function withProto(): Scenario {
  const it = new Life('with-proto');
  return scenario(it.send('PUT', '/config', `${PREFIX},"__proto__":"a"}`), it.get('/config'), it.send('DELETE'));
}

/** Only some properties are sent; null removes one. */
function patched(): Scenario {
  const it = new Life('patched');
  const patch = (body: string | object) => it.send('PATCH', '/config', body);
  return scenario(
    it.create(source('patched')),
    it.until('RUNNING'),
    patch({ extra: 'x' }),
    it.get('/config'),
    patch({ extra: null }),
    it.get('/config'),
    patch({ 'tasks.max': 2, flag: true }),
    patch({ 'tasks.max': 'x' }),
    patch({ 'connector.class': null }),
    patch({ 'connector.class': 'Foo' }),
    patch({ topic: null }),
    patch({ name: null }),
    patch({ name: 'other' }),
    patch({ name: 'patched' }),
    patch({ absent: null }),
    patch({}),
    patch('null'),
    patch(''),
    patch('[]'),
    patch('{"a":{}}'),
    patch('{bad'),
    it.get('/config'),
    it.until('RUNNING'),
    it.end(),
  );
}

/** A PUT makes a connector that is not there. */
function put(): Scenario {
  const it = new Life('put');
  return scenario(
    it.send('PUT', '/config', source('put')),
    it.until('RUNNING'),
    it.send('PUT', '/config', source('put')),
    it.send('PUT', '/config/', source('put', { 'batch.size': 10 })),
    it.send('PUT', '/config', source('put', { 'batch.size': 'x' })),
    it.send('PUT', '/config', source('put', { 'batch.size': 0 })),
    it.get('/config'),
    it.until('RUNNING'),
    it.end(),
  );
}

export const configs: Scenario[] = [...VALUES.map(kept), withProto(), patched(), put()];
