import { definePlugins } from '@tributary/connect-api';
import { CountingSourceConnector } from './counting-source.js';
import { KeepMultiples } from './keep-multiples.js';
import { LinesSinkConnector } from './lines-sink.js';

export default definePlugins({
  sources: [CountingSourceConnector],
  sinks: [LinesSinkConnector],
  transformations: [KeepMultiples],
});
