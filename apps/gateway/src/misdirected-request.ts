import { RestError, SIGNATURE_HEADERS, type RequestWithBody } from '@tributary/rest-api';

/** Where herders advertise a gateway's address, requests for them would go round in that gateway: refused. */
export function assertNotMisdirected({ headers }: Pick<RequestWithBody, 'headers'>): void {
  if (headers[SIGNATURE_HEADERS.nonce] === undefined) return;
  throw new RestError(
    500,
    'A request for a herder came to this gateway: check rest.advertised.host.name and rest.advertised.port of the herders',
  );
}
