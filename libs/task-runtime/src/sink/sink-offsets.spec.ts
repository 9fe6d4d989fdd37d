import { describe, expect, it } from 'vitest';
import { SinkOffsets } from './sink-offsets.js';

const P0 = { topic: 't', partition: 0 };
const P1 = { topic: 't', partition: 1 };
const at = (partition: typeof P0, offset: number) => ({ ...partition, offset });

function owning(...positions: ReturnType<typeof at>[]): SinkOffsets {
  const offsets = new SinkOffsets();
  for (const position of positions) offsets.assign(position);
  return offsets;
}

describe('SinkOffsets', () => {
  it('offers what was delivered', () => {
    const offsets = owning(at(P0, 5), at(P1, 0));
    offsets.advance([at(P0, 9)]);
    expect(offsets.current([P0, P1])).toEqual([at(P0, 9), at(P1, 0)]);
  });

  it('commits what the task returns, leaving out what Kafka has', () => {
    const offsets = owning(at(P0, 5), at(P1, 0));
    offsets.advance([at(P0, 9)]);
    expect(offsets.select(offsets.current([P0, P1]), [P0, P1])).toEqual({ commit: [at(P0, 9)], refused: [] });
    offsets.markCommitted([at(P0, 9)]);
    expect(offsets.select([at(P0, 9)], [P0]).commit).toEqual([]);
  });

  it('takes an offset lower than the one offered', () => {
    const offsets = owning(at(P0, 5));
    offsets.advance([at(P0, 9)]);
    expect(offsets.select([at(P0, 7)], [P0]).commit).toEqual([at(P0, 7)]);
  });

  it('refuses offsets beyond what was delivered and of partitions it does not own', () => {
    const offsets = owning(at(P0, 5));
    expect(offsets.select([at(P0, 6), at(P1, 1)], [P0])).toEqual({
      commit: [],
      refused: [
        { ...at(P0, 6), why: 'not consumed' },
        { ...at(P1, 1), why: 'not assigned' },
      ],
    });
  });

  it('commits only the partitions asked for', () => {
    const offsets = owning(at(P0, 5), at(P1, 5));
    offsets.advance([at(P0, 6), at(P1, 6)]);
    expect(offsets.select([at(P0, 6), at(P1, 6)], [P1])).toEqual({ commit: [at(P1, 6)], refused: [] });
  });

  it('rewinds to what was committed', () => {
    const offsets = owning(at(P0, 5));
    offsets.advance([at(P0, 9)]);
    expect(offsets.rewind([P0])).toEqual([at(P0, 5)]);
    expect(offsets.current([P0])).toEqual([at(P0, 5)]);
  });

  it('forgets partitions that were lost', () => {
    const offsets = owning(at(P0, 5));
    offsets.remove([P0]);
    offsets.advance([at(P0, 9)]);
    expect(offsets.current([P0])).toEqual([]);
  });
});
