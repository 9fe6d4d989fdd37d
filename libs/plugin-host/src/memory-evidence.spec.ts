import { describe, expect, it } from 'vitest';
import { MemoryEvidence } from './memory-evidence.js';

/** Whether each finding, an instance and its thread's heap in MiB, proves something; the limit is 100 MiB. */
function proofs(...findings: readonly (readonly [number | undefined, number | undefined])[]): boolean[] {
  const evidence = new MemoryEvidence(100);
  return findings.map(([instance, mb]) =>
    evidence.proves({ instance, frames: '', heapBytes: mb === undefined ? undefined : mb * 1024 * 1024 }),
  );
}

describe('MemoryEvidence', () => {
  it('is enough when the same instance is found twice above the limit and the heap grows', () => {
    expect(proofs([1, 120], [1, 160])).toEqual([false, true]);
  });

  it('grows over several findings of an instance that is slow', () => {
    expect(proofs([1, 110], [1, 115], [1, 120])).toEqual([false, false, true]);
  });

  it('is none against an instance that is late in a heap which others have filled', () => {
    expect(proofs([1, 120], [1, 120], [1, 129])).toEqual([false, false, false]);
  });

  it('is none against an instance that is found once, after another', () => {
    expect(proofs([1, 120], [2, 160], [1, 200])).toEqual([false, false, false]);
    expect(proofs([1, 120], [2, 160], [2, 200])).toEqual([false, false, true]);
  });

  it('is none below the limit, nor where nothing was measured', () => {
    expect(proofs([1, 60], [1, 100], [1, 101])).toEqual([false, false, false]);
    expect(proofs([1, undefined], [1, 120], [1, undefined])).toEqual([false, false, false]);
  });

  it('says that no instance did it where the code of none was found twice', () => {
    expect(proofs([undefined, 120], [undefined, 160])).toEqual([false, true]);
  });

  it('is forgotten when the thread answers between', () => {
    const evidence = new MemoryEvidence(100);
    const finding = (mb: number) => ({ instance: 1, frames: '', heapBytes: mb * 1024 * 1024 });
    expect(evidence.proves(finding(120))).toBe(false);
    evidence.forget();
    expect([evidence.proves(finding(160)), evidence.proves(finding(200))]).toEqual([false, true]);
  });
});
