import { expect, it } from 'vitest';
import { clientDefinitions } from './client-keys.js';

it('knows every property of Kafka 4.3 clients', () => {
  expect(clientDefinitions.producer.keys.size).toBe(113);
  expect(clientDefinitions.consumer.keys.size).toBe(116);
  expect(clientDefinitions.admin.keys.size).toBe(91);
});
