import { describe, expect, it } from 'vitest';
import { decodeAssignment, encodeAssignment, type MemberAssignment } from './member-assignment.js';
import { decodeMetadata, encodeMetadata, type MemberMetadata } from './member-metadata.js';

const metadata: MemberMetadata = {
  role: 'executor',
  id: 'h:1',
  url: 'http://h:1/',
  joinedAt: 17,
  configOffset: 5,
  running: [
    { connector: 'a-1', task: 0 },
    { connector: 'ü', task: 12 },
  ],
  leaderId: null,
  generation: -1,
  asked: 2,
};

const assignment: MemberAssignment = {
  leaderId: 'h:2',
  leaderUrl: 'http://h:2/',
  leaderMember: 'm2',
  configOffset: 5,
  tasks: [{ connector: 'a', task: 1 }],
  members: [
    { id: 'h:1', role: 'executor', url: 'http://h:1/', tasks: [{ connector: 'a', task: 1 }] },
    { id: 'h:2', role: 'herder', url: 'http://h:2/', tasks: [] },
  ],
  unassigned: [{ connector: 'a', task: 0 }],
  waiting: [{ id: 'h:3', tasks: [{ connector: 'a', task: 0 }], until: 99 }],
  again: true,
  delayMs: 3,
};

describe('payloads', () => {
  it('come back as they were', () => {
    expect(decodeMetadata(encodeMetadata(metadata))).toEqual(metadata);
    expect(decodeAssignment(encodeAssignment(assignment))).toEqual(assignment);
    expect(encodeMetadata(metadata).toString()).toMatch(/^\{"version":1,.*"running":\{"a-1":\[0\],"ü":\[12\]\}/);
  });

  it('stay small with thousands of tasks', () => {
    const running = Array.from({ length: 5000 }, (_, n) => ({
      connector: `connector-${n % 100}`,
      task: Math.floor(n / 100),
    }));
    const bytes = encodeMetadata({ ...metadata, running });
    expect(bytes.length).toBeLessThan(8000);
    expect(decodeMetadata(bytes)?.running).toHaveLength(5000);
  });

  it('of later versions are read as far as they are known', () => {
    const later = { version: 2, role: 'herder', id: 'h', url: 'u', running: { a: [1, 'x'], b: 'y' }, colour: 'red' };
    expect(decodeMetadata(Buffer.from(JSON.stringify(later)))).toMatchObject({
      role: 'herder',
      running: [{ connector: 'a', task: 1 }],
      generation: -1,
      leaderId: null,
    });
    expect(decodeAssignment(Buffer.from('{"version":2,"members":[{"id":1},null]}'))).toMatchObject({
      members: [],
      tasks: [],
    });
  });

  it.each(['', 'x', '[]', '{}', 'null', '\u001f\u008b', '{"role":"cook","id":"h","url":"u"}'])('ignore %j', (text) => {
    expect(decodeMetadata(Buffer.from(text, 'latin1'))).toBeUndefined();
    expect(decodeAssignment(Buffer.from(text, 'latin1'))).toBeUndefined();
  });
});
