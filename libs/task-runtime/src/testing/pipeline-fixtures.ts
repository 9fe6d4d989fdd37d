import { ConfigDef, type Converter, type HeaderConverter } from '@tributary/connect-api';
import type { RecordConverters } from '../pipeline/record-converters.js';
import type { RecordErrors, RecordOperation } from '../pipeline/record-errors.js';

/** Texts as they are; throws for a value that is `bad`, as long as `fails` says so. */
class PlainConverter implements Converter, HeaderConverter {
  constructor(private readonly fails: () => boolean) {}

  config(): ConfigDef {
    return ConfigDef.define({});
  }

  configure(): void {
    return undefined;
  }

  fromConnectData(_topic: string, _schema: unknown, value: unknown): string | null {
    return value === null ? null : this.checked(String(value));
  }

  toConnectData(_topic: string, value: Buffer | null) {
    return { schema: null, value: value === null ? null : this.checked(value.toString()) };
  }

  fromConnectHeader(topic: string, _key: string, schema: unknown, value: unknown): string | null {
    return this.fromConnectData(topic, schema, value);
  }

  toConnectHeader(topic: string, _key: string, value: Buffer | null) {
    return this.toConnectData(topic, value);
  }

  private checked(text: string): string {
    if (text === 'bad' && this.fails()) throw new Error('bad value');
    return text;
  }
}

export function plainConverters(fails: () => boolean = () => true): RecordConverters {
  const instance = new PlainConverter(fails);
  return {
    key: { className: 'Key', instance },
    value: { className: 'Value', instance },
    header: { className: 'Header', instance },
  };
}

/** Notes what went wrong; answers as told. */
export class RecordedErrors implements RecordErrors {
  readonly operations: Pick<RecordOperation, 'stage' | 'className'>[] = [];
  constructor(private readonly answer: 'skip' | 'retry' | 'fail') {}

  async recover({ stage, className, attempt }: RecordOperation, error: unknown): Promise<boolean> {
    this.operations.push({ stage, className });
    if (this.answer === 'fail') throw error;
    if (this.answer === 'retry') attempt();
    return this.answer === 'retry';
  }
}
