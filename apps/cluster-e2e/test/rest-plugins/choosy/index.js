import { ConfigDef, ConnectError, definePlugins, UnsupportedOperationError } from '@tributary/connect-api';

class IdleTask {
  version() {
    return '1.0.0';
  }
  start() {}
  poll() {
    return null;
  }
  stop() {}
}

/** A source without data, whose `answer` property says what it thinks of a change of its offsets. */
class ChoosySource {
  version() {
    return '1.0.0';
  }
  config() {
    const documentation = 'What comes of a change of offsets.';
    return ConfigDef.define({ answer: { type: 'STRING', default: '', importance: 'LOW', documentation } });
  }
  start() {}
  taskClass() {
    return IdleTask;
  }
  taskConfigs() {
    return [{}];
  }
  stop() {}
  alterOffsets({ answer }) {
    if (answer === 'unsupported') throw new UnsupportedOperationError('not with me');
    if (answer === 'refuse') throw new ConnectError('these offsets make no sense');
    if (answer === 'break') throw new Error('broken');
    if (answer === 'hang') return new Promise(() => undefined);
    return answer === 'handled';
  }
}

/** Lets nobody in who says that he is bad, and has a path of its own. */
class Doorman {
  version() {
    return '1.0.0';
  }
  configure(props) {
    this.group = props['group.id'];
  }
  register(context) {
    context.use((request, response, next) => {
      if (request.headers['x-bad'] !== undefined) {
        response.statusCode = 401;
        response.end('User cannot access the resource.');
      } else if (request.url === '/group') response.end(this.group);
      else next();
    });
  }
  close() {}
}

export default definePlugins({ sources: [ChoosySource], restExtensions: [Doorman] });
