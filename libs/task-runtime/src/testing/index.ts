export { DEADLINE_MS, ExecutorFixture, numbers, unique, type ExecutorHandle } from './executor-fixture.js';
