import { atLeast, ConfigDef } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { ownSection } from './own-section.js';

const DEFINITION = ConfigDef.define({
  'a.ms': { type: 'LONG', default: 0, importance: 'LOW', documentation: 'A.', validator: atLeast(0) },
  'b.enable': { type: 'BOOLEAN', default: false, importance: 'LOW', documentation: 'B.' },
});

describe('ownSection', () => {
  it('shows nothing of a configuration without any of them', () => {
    expect(ownSection(DEFINITION, { name: 's', 'a.ms': null })).toEqual([]);
  });

  it('shows and checks those that are given', () => {
    const shown = ownSection(DEFINITION, { 'b.enable': 'true', 'a.ms': '-1' });
    expect(shown.map(({ value }) => [value.name, value.value, value.errors])).toEqual([
      ['a.ms', '-1', ['Invalid value -1 for configuration a.ms: Value must be at least 0']],
      ['b.enable', 'true', []],
    ]);
    expect(shown[0]?.definition).toMatchObject({ name: 'a.ms', type: 'LONG', default_value: '0', documentation: 'A.' });
  });
});
