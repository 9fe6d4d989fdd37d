import { hashMapKeyOrder } from '@tributary/connect-api';
import { expect, it } from 'vitest';
import { javaMapText } from './java-map-text.js';

it('orders texts as a HashMap of the reference does', () => {
  const converterKeys = [
    'schemas.enable',
    'schemas.cache.size',
    'decimal.format',
    'replace.null.with.default',
    'schema.content',
    'converter.type',
  ];
  expect(hashMapKeyOrder(converterKeys)).toEqual([
    'decimal.format',
    'converter.type',
    'schemas.cache.size',
    'replace.null.with.default',
    'schemas.enable',
    'schema.content',
  ]);
});

it('prints a map as the reference does', () => {
  expect(javaMapText({ a: 'b', 'connector.class': null, name: 'a' })).toBe('{connector.class=null, name=a, a=b}');
  expect(javaMapText({ name: 'c', topic: 't', file: '/tmp/x' })).toBe('{name=c, topic=t, file=/tmp/x}');
});
