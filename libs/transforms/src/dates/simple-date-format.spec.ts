import { describe, expect, it } from 'vitest';
import { vectors } from '../testing/vector.js';
import { SimpleDateFormat } from './simple-date-format.js';

describe('SimpleDateFormat compared with Java', () => {
  it.each(vectors('date').map((vector) => [vector.pattern, vector] as const))('%s', (pattern, vector) => {
    const make = () => new SimpleDateFormat(pattern, () => vector.now);
    if (vector.error !== undefined) {
      expect(make).toThrow(vector.error);
      return;
    }
    const format = make();
    for (const [ms, text] of vector.format ?? []) expect(format.format(ms), String(ms)).toBe(text);
    for (const [text, ms] of vector.parse ?? []) expect(format.parse(text) ?? null, text).toBe(ms);
  });
});
