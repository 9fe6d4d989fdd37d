import {
  CONNECT_VERSION,
  ConnectError,
  type ConfigDef,
  type Props,
  type SourceConnector,
  type SourceOffset,
  type SourcePartition,
} from '@tributary/connect-api';
import { FILE, SOURCE_CONFIG } from './file-config.js';
import { FileStreamSourceTask } from './file-source.task.js';

/** Writes a file's lines to a topic, also those that are appended later. One task, as one file has one order. */
export class FileStreamSourceConnector implements SourceConnector {
  static readonly className = 'org.apache.kafka.connect.file.FileStreamSourceConnector';
  #props: Props = {};

  version(): string {
    return CONNECT_VERSION;
  }

  config(): ConfigDef {
    return SOURCE_CONFIG;
  }

  start(props: Props): void {
    SOURCE_CONFIG.parse(props);
    this.#props = props;
  }

  taskClass(): typeof FileStreamSourceTask {
    return FileStreamSourceTask;
  }

  taskConfigs(): Props[] {
    return [this.#props];
  }

  stop(): void {}

  /** A file can be read again from a stored position, standard input cannot. */
  exactlyOnceSupport(props: Props): 'SUPPORTED' | 'UNSUPPORTED' {
    return hasFile(props) ? 'SUPPORTED' : 'UNSUPPORTED';
  }

  /** Offsets are `{"filename":"/a"}` to `{"position":42}`; null forgets one. */
  alterOffsets(props: Props, offsets: ReadonlyMap<SourcePartition, SourceOffset | null>): boolean {
    if (!hasFile(props)) {
      throw new ConnectError(
        "Offsets cannot be modified if the 'file' configuration is unspecified. " +
          'This is because stdin is used for input and offsets are not tracked.',
      );
    }
    for (const [partition, offset] of offsets) if (offset !== null) checkOffset(partition, offset);
    return true;
  }
}

function hasFile(props: Props): boolean {
  return (SOURCE_CONFIG.parse(props).optionalString(FILE) ?? '') !== '';
}

function checkOffset(partition: SourcePartition | null, offset: SourceOffset): void {
  if (!('position' in offset)) {
    throw new ConnectError("Offset objects should either be null or contain the key 'position'");
  }
  const position = offset['position'];
  if (typeof position !== 'bigint' && !(typeof position === 'number' && Number.isInteger(position))) {
    throw new ConnectError("The value for the 'position' key in the offset is expected to be a Long value");
  }
  if (position < 0) {
    throw new ConnectError("The value for the 'position' key in the offset should be a non-negative value");
  }
  if (partition === null) throw new ConnectError('Partition objects cannot be null');
  if (!('filename' in partition)) throw new ConnectError("Partition objects should contain the key 'filename'");
}
