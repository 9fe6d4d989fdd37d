import { definePlugins } from '@tributary/connect-api';
import { MockSinkConnector } from './mock/mock-sink.connector.js';
import { MockSourceConnector } from './mock/mock-source.connector.js';
import { SchemaSourceConnector } from './schema/schema-source.connector.js';
import { MonitorableSinkConnector } from './testable/monitorable-sink.connector.js';
import { MonitorableSourceConnector } from './testable/monitorable-source.connector.js';
import { TestableSinkConnector } from './testable/testable-sink.connector.js';
import { TestableSourceConnector } from './testable/testable-source.connector.js';
import { VerifiableSinkConnector } from './verifiable/verifiable-sink.connector.js';
import { VerifiableSourceConnector } from './verifiable/verifiable-source.connector.js';

export default definePlugins({
  sources: [
    VerifiableSourceConnector,
    MockSourceConnector,
    SchemaSourceConnector,
    TestableSourceConnector,
    MonitorableSourceConnector,
  ],
  sinks: [VerifiableSinkConnector, MockSinkConnector, TestableSinkConnector, MonitorableSinkConnector],
});
