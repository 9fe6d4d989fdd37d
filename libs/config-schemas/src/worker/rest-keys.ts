import { oneOf } from '@tributary/connect-api';
import { key, type Keys } from '../keys/key.js';
import { advertisedHost, advertisedPort, advertisedProtocol } from './advertised-address.js';
import { textsOrNone } from './list-rules.js';
import { adminListenersValidator, listenersValidator } from './listeners.js';
import { responseHeadersValidator } from './response-headers.js';

/** The REST interface and the addresses of the three services. */
export const restKeys: Keys = {
  listeners: key(
    'LIST',
    'http://:8083',
    'LOW',
    'Addresses of the REST API, as protocol://host:port, comma-separated; http or https, port 0: any free one.',
    listenersValidator,
  ),
  'herder.listeners': key(
    'LIST',
    'http://:0',
    'LOW',
    'Addresses of a herder, for other services; port 0: any free one.',
    listenersValidator,
  ),
  'executor.listeners': key(
    'LIST',
    'http://:0',
    'LOW',
    'Addresses of an executor, for other services; port 0: any free one.',
    listenersValidator,
  ),
  'rest.advertised.host.name': key(
    'STRING',
    null,
    'LOW',
    "The host name by which others reach this process; not set: the listener's, or the machine's.",
    advertisedHost,
  ),
  'rest.advertised.port': key(
    'INT',
    null,
    'LOW',
    "The port by which others reach this process; not set, or 0: the listener's.",
    advertisedPort,
  ),
  'rest.advertised.listener': key(
    'STRING',
    null,
    'LOW',
    'The protocol by which others reach this process, http or https; not set: http where it listens on that.',
    advertisedProtocol,
  ),
  'admin.listeners': key(
    'LIST',
    null,
    'LOW',
    'Addresses of the /admin endpoints; not set: with the others; empty: none.',
    adminListenersValidator,
  ),
  'access.control.allow.origin': key(
    'STRING',
    '',
    'LOW',
    'Origins that browsers may send requests from; empty: only our own.',
  ),
  'access.control.allow.methods': key('STRING', '', 'LOW', 'Methods of such requests; empty: GET, POST and HEAD.'),
  'response.http.headers.config': key(
    'STRING',
    '',
    'LOW',
    'Headers to put on each response: `[action] [name]:[value]`, comma-separated.',
    responseHeadersValidator,
  ),
  'rest.mask.passwords': key(
    'BOOLEAN',
    false,
    'LOW',
    'Whether passwords in connector configurations are shown as [hidden], which sent back means that they are unchanged.',
  ),
  'rest.extension.classes': key('LIST', [], 'LOW', 'Extensions of the REST API.', textsOrNone),
  'ssl.client.auth': key(
    'STRING',
    'none',
    'LOW',
    'Whether https clients must show a certificate.',
    oneOf('required', 'requested', 'none'),
  ),
};
