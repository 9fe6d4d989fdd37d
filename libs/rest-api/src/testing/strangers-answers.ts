import type { ServiceApp } from '../http/service-app.js';

/** What somebody without the cluster's key gets from each route of a service that listens at `url`: `GET /a: 403`. */
export async function strangersAnswers(app: ServiceApp, url: string): Promise<readonly string[]> {
  const answers = app.routes().map(async ({ method, path }) => {
    const body = method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } };
    const { status } = await fetch(new URL(path.replace(/:\w+/g, '0'), url), { method, ...body });
    return `${method} ${path}: ${status}`;
  });
  return (await Promise.all(answers)).toSorted();
}
