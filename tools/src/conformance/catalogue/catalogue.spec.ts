import { expect, test } from 'vitest';
import { describeStep } from '../step.js';
import { catalogue } from './index.js';

const lines = () => catalogue().map(({ steps }) => steps.map(describeStep));

test('the same requests are sent in every run, thousands of them', () => {
  expect(lines()).toEqual(lines());
  expect(lines().flat().length).toBeGreaterThan(4000);
});

test('what is sent while no connector is there needs nothing before it', () => {
  const odd = catalogue().filter(({ phase, steps }) => phase === 'empty' && steps.length !== 1);
  expect(odd).toEqual([]);
});
