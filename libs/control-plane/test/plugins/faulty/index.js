import { ConfigDef, definePlugins } from '@tributary/connect-api';

const never = () => new Promise(() => {});

/** What a property can make a method do. */
async function misbehave(how) {
  if (how === 'throw') throw new Error('told to throw');
  if (how === 'hang') await never();
  if (how === 'spin') for (;;);
  if (how === 'exit') process.exit(3);
  if (how === 'reject-later') setTimeout(() => Promise.reject(new Error('rejected behind the back')), 1);
}

class FaultySourceTask {}

/** A source that fails where its properties say so: in.start, in.taskConfigs, in.validate. */
class FaultySourceConnector {
  static className = 'test.FaultySourceConnector';
  #context;
  #props;

  version() {
    return '1.2.3';
  }

  config() {
    const text = (documentation) => ({ type: 'STRING', default: '', importance: 'LOW', documentation });
    return ConfigDef.define({
      'in.start': text('what start does'),
      'in.taskConfigs': text('what taskConfigs does'),
      'in.validate': text('what validate does'),
      'raise.after.ms': { type: 'INT', default: -1, importance: 'LOW', documentation: 'when it gives up by itself' },
      tasks: { type: 'INT', default: 1, importance: 'LOW', documentation: 'how many tasks it makes' },
    });
  }

  async validate(props) {
    await misbehave(props['in.validate']);
  }

  initialize(context) {
    this.#context = context;
  }

  async start(props) {
    this.#props = props;
    await misbehave(props['in.start']);
    const after = Number(props['raise.after.ms'] ?? -1);
    if (after >= 0) setTimeout(() => this.#context.raiseError(new Error('gave up')), after);
  }

  taskClass() {
    return FaultySourceTask;
  }

  async taskConfigs() {
    await misbehave(this.#props['in.taskConfigs']);
    return Array.from({ length: Number(this.#props.tasks ?? 1) }, (_, number) => ({ number: String(number) }));
  }

  stop() {}
}

export default definePlugins({ sources: [FaultySourceConnector] });
