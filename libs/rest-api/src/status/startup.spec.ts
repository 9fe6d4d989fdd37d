import { Module } from '@nestjs/common';
import { afterEach, expect, test } from 'vitest';
import { ServiceApp } from '../http/service-app.js';
import { thingsModule } from '../testing/things.module.js';
import { HEALTH_PROBE } from './health.js';
import { Startup, StartupGuard } from './startup.js';
import { StatusController } from './status.controller.js';

class StartingModule {}
Module({})(StartingModule);

let app: ServiceApp;
afterEach(() => app.close());

test('a service answers how it is from the first moment, and everything else once it has started', async () => {
  const startup = new Startup('connecting to Kafka');
  app = await ServiceApp.create({
    module: StartingModule,
    imports: [thingsModule],
    controllers: [StatusController],
    providers: [{ provide: HEALTH_PROBE, useValue: startup }],
  });
  app.nest.useGlobalGuards(new StartupGuard(startup));
  const port = await app.listen({ protocol: 'http', host: '127.0.0.1', port: 0 });
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return [response.status, await response.text()];
  };
  const message = (stage: string) =>
    expect.stringMatching(
      new RegExp(
        `"message":"Worker is still starting up. The worker is currently ${stage}, which began at [^"]*Z\\."}$`,
      ),
    );

  expect(await get('/health')).toEqual([503, message('connecting to Kafka')]);
  startup.enter('joining the group');
  expect(await get('/things')).toEqual([503, message('joining the group')]);
  expect((await get('/metrics'))[0]).toBe(200);
  expect((await get('/nothing'))[0]).toBe(404);

  startup.finish();
  Object.assign(startup, { check: () => Promise.reject(new Error('stuck in a queue')) });
  expect(await get('/health')).toEqual([
    500,
    '{"status":"unhealthy","message":"Worker was unable to handle this request and may be unable to handle other requests. stuck in a queue"}',
  ]);
  Object.assign(startup, { check: () => Promise.resolve() });
  expect(await get('/things')).toEqual([200, '["a"]']);
  expect(await get('/health')).toEqual([
    200,
    '{"status":"healthy","message":"Worker has completed startup and is ready to handle requests."}',
  ]);
});
