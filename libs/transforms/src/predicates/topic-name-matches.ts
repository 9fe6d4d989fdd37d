import {
  ConfigDef,
  allOf,
  javaRegExp,
  nonEmptyString,
  regularExpression,
  type ConnectRecord,
  type Props,
} from '@tributary/connect-api';
import { BuiltInPredicate, PACKAGE } from '../record/built-in.js';

const CONFIG = ConfigDef.define({
  pattern: {
    type: 'STRING',
    importance: 'MEDIUM',
    documentation: 'A regular expression that must match all of the name.',
    validator: allOf(nonEmptyString, regularExpression),
  },
});

/** Accepts records by the name of their topic. */
export class TopicNameMatches extends BuiltInPredicate {
  static readonly className = `${PACKAGE}.predicates.TopicNameMatches`;
  #pattern = /^/;
  readonly #known = new Map<string, boolean>();

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(configs: Props): void {
    this.#pattern = javaRegExp(CONFIG.parse(configs).string('pattern'), { whole: true });
  }

  /** Topics are few, records many. */
  override test({ topic }: ConnectRecord): boolean {
    let matches = this.#known.get(topic);
    if (matches === undefined) {
      matches = this.#pattern.test(topic);
      if (this.#known.size >= MAX_KNOWN) this.#known.clear();
      this.#known.set(topic, matches);
    }
    return matches;
  }
}

const MAX_KNOWN = 1000;
