import { javaTrim } from '@tributary/connect-api';
import type { ClusterView } from '@tributary/control-plane';
import {
  connectorPath,
  createConnectorFrom,
  parseJson,
  type InternalAnswer,
  type RequestWithBody,
} from '@tributary/rest-api';

/**
 * A request whose first answer was lost was sent again, and what it asked for may have been done the first time. Then
 * 'exists already' and 'not found' mean success.
 */
export function resolveRepeated(
  request: RequestWithBody,
  answer: InternalAnswer,
  view: Pick<ClusterView, 'has' | 'connectorInfo'>,
): InternalAnswer {
  const isRemoval = request.method === 'DELETE' && /^\/connectors\/[^/]+\/?$/.test(request.path);
  if (isRemoval && answer.status === 404) return { status: 204, headers: {}, body: '' };
  const isCreate = request.method === 'POST' && /^\/connectors\/?$/.test(request.path);
  if (!isCreate || answer.status !== 409) return answer;
  const { name: given, config } = createConnectorFrom(parseJson(request.bodyText));
  const name = javaTrim(given ?? '');
  if (!view.has(name)) return answer;
  const info = view.connectorInfo(name);
  const asked = Object.entries({ ...config, name }).filter(([, value]) => value !== null);
  const same =
    asked.length === Object.keys(info.config).length && asked.every(([key, value]) => info.config[key] === value);
  if (!same) return answer;
  return {
    status: 201,
    headers: { location: connectorPath(name) },
    body: JSON.stringify({ ...info, tasks: [] }),
  };
}
