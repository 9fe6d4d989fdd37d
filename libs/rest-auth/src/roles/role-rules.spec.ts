import { expect, test } from 'vitest';
import { RoleRules } from './role-rules.js';

const rules = (admins: string[], readers: string[]) =>
  new RoleRules({ property: 'the.admins', names: admins }, { property: 'the.readers', names: readers });

test.each<[string[], string[], string[], string | undefined]>([
  [['*'], [], ['alice'], 'admin'],
  [['*'], ['bob'], ['bob'], 'read-only'],
  [['alice'], ['*'], ['alice'], 'admin'],
  [['alice'], ['*'], ['bob'], 'read-only'],
  [['alice'], ['bob'], ['carol'], undefined],
  [['alice'], ['bob'], ['bob', 'alice'], 'admin'],
  [['alice'], [], [], undefined],
  [['*'], ['bob'], [], 'admin'],
  [['alice'], [], ['*'], undefined],
])('with admins %j and readers %j, %j is %s', (admins, readers, names, role) => {
  expect(rules(admins, readers).roleOf(names)).toBe(role);
});

test('nobody can have both roles by one name', () => {
  expect(() => rules(['a', 'b'], ['b'])).toThrow(
    'Invalid value b for configuration the.readers: it is also in the.admins',
  );
  expect(() => rules(['*'], ['*'])).toThrow('whose default it is: name the admins there');
});
