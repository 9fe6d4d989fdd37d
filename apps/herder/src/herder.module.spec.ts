import { listenOn, ServiceApp } from '@tributary/rest-api';
import { strangersAnswers } from '@tributary/rest-api/testing';
import { expect, test } from 'vitest';
import { LateHerder } from './late-herder.js';
import { config, Herders } from './testing/herders.js';

test('every route but those that tell how the process is has its own guard against strangers', async () => {
  const herders = new Herders();
  const app = await ServiceApp.create(herders.moduleOf(new LateHerder()));
  // Without what stands before all routes in a real herder.
  const { url } = await listenOn(app, config);
  try {
    const answers = await strangersAnswers(app, url);
    expect(answers.filter((each) => !each.endsWith(': 403'))).toEqual(['GET /health: 503', 'GET /metrics: 200']);
    expect(answers.length).toBeGreaterThan(10);
  } finally {
    await app.close();
    herders.client.close();
  }
});
