import { describe, expect, it } from 'vitest';
import { compareVersions, VersionRange } from './version-range.js';

describe('compareVersions', () => {
  it('orders versions as Maven does', () => {
    const ordered = [
      '',
      '1.0-alpha1',
      '1.0-beta',
      '1.0-rc1',
      '1.0-rc2',
      '1.0-SNAPSHOT',
      '1.0',
      '1.0.1',
      '1.9',
      '1.10',
      '2',
    ];
    expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
    expect(compareVersions('1.0', '1')).toBe(0);
  });
});

describe('VersionRange', () => {
  it.each<[string, string[], string[]]>([
    ['1.2', ['1.2', '1.2.0'], ['1.1', '1.3']],
    ['[1.0,2.0)', ['1.0', '1.9'], ['0.9', '2.0']],
    ['(1.0,]', ['1.1', '99'], ['1.0']],
    ['(,1.0],[1.2,)', ['1.0', '1.2', '3'], ['1.1']],
    ['[1.0]', ['1.0'], ['1.1']],
    ['1,2', ['1.5'], ['3']],
    [' [1 , 2] [ 3 ] ', ['1.5', '3'], ['2.5']],
    ['[]', [], ['1']],
    ['LATEST', ['latest'], ['1']],
  ])('%s', (spec, inside, outside) => {
    const range = VersionRange.parse(spec);
    expect(inside.filter((version) => range?.contains(version))).toEqual(inside);
    expect(outside.filter((version) => range?.contains(version))).toEqual([]);
  });

  it('is shown with both its ends', () => {
    const shown = (spec: string) => String(VersionRange.parse(spec));
    expect(['1.2', '[ 1.2 ]', '[1.0,2.0)', '1,', '[1 , 2] [3]', '[1,2,3]'].map(shown)).toEqual([
      '[1.2,1.2]',
      '[1.2,1.2]',
      '[1.0,2.0)',
      '[1,]',
      '[1,2],[3,3]',
      '[1,2,3]',
    ]);
  });

  it('takes latest for no range at all', () => {
    expect(VersionRange.parse('latest')).toBeUndefined();
  });

  it.each([
    ['[bad', 'Unbounded range: [bad'],
    ['[1,2] x', 'Only fully-qualified sets allowed in multiple set scenario: [1,2] x'],
    ['1,2]', 'Only fully-qualified sets allowed in multiple set scenario: [1,2]]'],
    ['(1)', 'Single version must be surrounded by []: (1)'],
    ['[2,1]', 'Range defies version ordering: [2,1]'],
    ['[1,1)', 'Range defies version ordering: [1,1)'],
    ['[1,3],[2,4]', 'Ranges overlap: [1,3],[2,4]'],
  ])('refuses %s', (spec, message) => {
    expect(() => VersionRange.parse(spec)).toThrow(message);
  });
});
