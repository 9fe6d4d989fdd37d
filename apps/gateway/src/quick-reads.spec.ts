import type { ClusterView, ConnectorTexts } from '@tributary/control-plane';
import { expect, test } from 'vitest';
import { quickReads } from './quick-reads.js';

const texts = {
  list: (expansions: readonly string[]) => Buffer.from(`list of ${expansions.join(', ')}`),
  info: (name: string) => `info of ${name}`,
  status: (name: string) => `status of ${name}`,
} as ConnectorTexts;
const read = quickReads({ view: async () => ({}) as ClusterView }, texts);

test.each([
  ['/connectors?expand=info&expand=status', 'list of info, status'],
  ['/connectors?expand=status&expand=info', 'list of status, info'],
  ['/connectors?expand=status', 'list of status'],
  ['/connectors/a-b_c.1', 'info of a-b_c.1'],
  ['/connectors/a-b_c.1/status', 'status of a-b_c.1'],
])('%s is %s', async (url, text) => {
  expect(String(await read(url))).toBe(text);
});

test.each([
  '/connectors',
  '/connectors?expand=all',
  '/connectors/',
  '/connectors/a%20b',
  '/connectors/a;b',
  '/connectors/a/',
  '/connectors/a/status/',
  '/connectors/a/status?x=1',
  '/connectors/a/config',
  'http://host/connectors/a',
])('%s is left to the controllers', (url) => {
  expect(read(url)).toBeUndefined();
});
