import { JavaPattern, referenceClassOf } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { vectors, type Failure } from './testing/vector.js';

/** Of expressions that Java accepts, those that are refused here rather than read otherwise. */
const REFUSED: readonly string[] = ['[&&a]', '\\p{InGreek}', '(a)|b\\1', '(a)?\\1', '(?x)a b', '(?U)\\w'];
/** Those of which a group cannot be used in a replacement. */
const UNRELIABLE: readonly string[] = ['(?:(a)|b)*', '(a*)*'];

function replaced(pattern: JavaPattern, text: string, replacement: string): string | Failure {
  try {
    return pattern.replaceFirst(text, replacement);
  } catch (error) {
    return { error: referenceClassOf(error), message: error instanceof Error ? error.message : String(error) };
  }
}

describe('regular expressions compared with Java', () => {
  it.each(vectors('regex').map((vector) => [vector.pattern, vector.replacement, vector] as const))(
    '%j replaced by %j',
    (text, replacement, vector) => {
      if (vector.error !== undefined || REFUSED.includes(text)) {
        expect(() => new JavaPattern(text)).toThrow(SyntaxError);
        return;
      }
      const pattern = new JavaPattern(text);
      if (UNRELIABLE.includes(text)) {
        expect(() => pattern.checkReplacement(replacement)).toThrow('Group 1 is not supported in a replacement');
        return;
      }
      pattern.checkReplacement(replacement);
      for (const [topic, matches, expected] of vector.out ?? []) {
        expect(pattern.matches(topic), JSON.stringify(topic)).toBe(matches);
        expect(replaced(pattern, topic, replacement), JSON.stringify(topic)).toEqual(expected);
      }
    },
  );
});
