import { definePlugins } from '@tributary/connect-api';
import { FileStreamSinkConnector } from './file-sink.connector.js';
import { FileStreamSinkTask } from './file-sink.task.js';
import { FileStreamSourceConnector } from './file-source.connector.js';
import { FileStreamSourceTask } from './file-source.task.js';

export default definePlugins({ sources: [FileStreamSourceConnector], sinks: [FileStreamSinkConnector] });
export { FileStreamSinkConnector, FileStreamSinkTask, FileStreamSourceConnector, FileStreamSourceTask };
