import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ConfigDef, DataError, definePlugins, sourceRecord } from '@tributary/connect-api';

const PAUSE_MS = 100;

const text = { type: 'STRING', default: '', importance: 'LOW', documentation: 'what is said where' };
const DEFINITION = ConfigDef.define({
  password: { ...text, type: 'PASSWORD', default: null, documentation: 'what must not be said' },
  says: text,
  topic: text,
});

/** Throws all that it knows where the properties tell it to speak. */
function speak(place, props) {
  if (props.says !== place) return;
  throw new DataError(`in ${place} with ${JSON.stringify(props)}`, { cause: new Error(`password ${props.password}`) });
}

class Talkative {
  version() {
    return '1.0.0';
  }
  config() {
    return DEFINITION;
  }
  validate(props, values) {
    if (props.says === 'errors') {
      const value = values.get('says');
      value.errors.push(`password ${props.password} of ${JSON.stringify(props)}`);
      value.recommendedValues = [props.password];
    }
    speak('validate', props);
  }
  start(props) {
    this.props = props;
    speak('connector', props);
  }
  taskConfigs() {
    return [{ ...this.props, copy: `a copy of ${this.props.password}` }];
  }
  stop() {}
}

class TalkativeTask {
  version() {
    return '1.0.0';
  }
  initialize(context) {
    this.context = context;
  }
  start(props) {
    this.props = props;
  }
  stop() {}
}

/** Its records say which password it has, without saying it. */
class TalkativeSourceTask extends TalkativeTask {
  start(props) {
    super.start(props);
    this.context.log?.info(`starting with ${JSON.stringify(props)}`);
    speak('start', props);
  }
  async poll() {
    await delay(PAUSE_MS);
    speak('poll', this.props);
    const value = createHash('sha256').update(this.props.password).digest('hex');
    return [sourceRecord({ sourcePartition: {}, sourceOffset: {}, topic: this.props.topic, value })];
  }
}

class TalkativeSinkTask extends TalkativeTask {
  async put(records) {
    for (const record of records) {
      try {
        speak('put', this.props);
      } catch (error) {
        await this.context.errantRecordReporter.report(record, error);
      }
    }
  }
}

class TalkativeSource extends Talkative {
  taskClass() {
    return TalkativeSourceTask;
  }
}

class TalkativeSink extends Talkative {
  taskClass() {
    return TalkativeSinkTask;
  }
}

class TalkativeTransform {
  config() {
    return DEFINITION;
  }
  configure(props) {
    this.props = props;
    speak('configure', props);
  }
  apply(record) {
    speak('apply', this.props);
    return record;
  }
  close() {}
}

class TalkativeConverter {
  config() {
    return DEFINITION;
  }
  configure({ configs }) {
    this.props = configs;
  }
  fromConnectData() {
    speak('convert', this.props);
    return Buffer.from('x');
  }
  toConnectData() {
    speak('convert', this.props);
    return { schema: null, value: 'x' };
  }
}

export default definePlugins({
  sources: [TalkativeSource],
  sinks: [TalkativeSink],
  transformations: [TalkativeTransform],
  converters: [TalkativeConverter],
});
