import { ServiceApp, Startup } from '@tributary/rest-api';
import { strangersAnswers } from '@tributary/rest-api/testing';
import { expect, test } from 'vitest';
import { executorModule } from './executor.module.js';
import { LateExecutor } from './late-executor.js';

test('every route but those that tell how the process is has its own guard against strangers', async () => {
  const app = await ServiceApp.create(executorModule({ probe: new Startup('beginning'), tasks: new LateExecutor() }));
  // Without what stands before all routes in a real executor.
  const port = await app.listen({ protocol: 'http', host: '127.0.0.1', port: 0 });
  try {
    const answers = await strangersAnswers(app, `http://127.0.0.1:${port}`);
    expect(answers.filter((each) => !each.endsWith(': 403'))).toEqual(['GET /health: 503', 'GET /metrics: 200']);
    expect(answers.length).toBeGreaterThan(3);
  } finally {
    await app.close();
  }
});
