import { expect, it } from 'vitest';
import { withMasks, withoutInnerParameters } from './masks-parameter.js';

it.each([
  ['/connectors/a/config?tributary-masks=true', '/connectors/a/config'],
  [
    '/connectors/a/restart?includeTasks=true&tributary-masks=true&onlyFailed',
    '/connectors/a/restart?includeTasks=true&onlyFailed',
  ],
  ['/connectors?tributary%2Dmasks=true&%74ributary-masks&x=1', '/connectors?x=1'],
  ['/connectors?tributary-masks[]=true&tributary-else=1', '/connectors'],
])('takes what only services may say out of %s', (path, expected) => {
  expect(withoutInnerParameters(path)).toBe(expected);
});

it.each([
  '/connectors/tributary-masks=true/config',
  '/connectors?',
  '/connectors?&a=%zz&a=b=c&masks=true',
  '/connectors?a=tributary-masks=true#x',
])('leaves %s as it came', (path) => {
  expect(withoutInnerParameters(path)).toBe(path);
});

it('says that masks are meant', () => {
  expect(withMasks('/connectors')).toBe('/connectors?tributary-masks=true');
  expect(withMasks('/connectors?a=1')).toBe('/connectors?a=1&tributary-masks=true');
});
