import { ConfigDef, JavaPattern, regularExpression, type ConnectRecord, type Props } from '@tributary/connect-api';
import { BuiltInTransformation, PACKAGE } from '../record/built-in.js';

const CONFIG = ConfigDef.define({
  regex: {
    type: 'STRING',
    importance: 'HIGH',
    documentation: 'A regular expression; topics whose whole name it matches get another.',
    validator: regularExpression,
  },
  replacement: {
    type: 'STRING',
    importance: 'HIGH',
    documentation: 'The new name, in which `$1` or `${name}` stands for what a group of the expression matched.',
  },
});

const MAX_KNOWN = 1000;

/** Gives records another topic by the name of the one they have. */
export class RegexRouter extends BuiltInTransformation {
  static readonly className = `${PACKAGE}.RegexRouter`;
  #regex = new JavaPattern('');
  #replacement = '';
  /** topics are few, records many */
  readonly #known = new Map<string, string>();

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(configs: Props): void {
    const config = CONFIG.parse(configs);
    this.#regex = new JavaPattern(config.string('regex'));
    this.#replacement = config.string('replacement');
    this.#regex.checkReplacement(this.#replacement);
  }

  override apply<R extends ConnectRecord>(record: R): R {
    const { topic } = record;
    let route = this.#known.get(topic);
    if (route === undefined) {
      route = this.#regex.matches(topic) ? this.#regex.replaceFirst(topic, this.#replacement) : topic;
      if (this.#known.size >= MAX_KNOWN) this.#known.clear();
      this.#known.set(topic, route);
    }
    return route === topic ? record : { ...record, topic: route };
  }
}
