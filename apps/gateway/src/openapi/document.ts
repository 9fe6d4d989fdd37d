import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Logins } from '../logins.js';
import { serverInfo } from '../server-info.js';
import { COMMON_ANSWERS, commonStatuses } from './common-answers.js';
import { addLogins } from './logins.js';
import './operations/connector-changes.js';
import './operations/connectors.js';
import './operations/offsets.js';
import './operations/plugins.js';
import './operations/service.js';
import './operations/tools.js';
import { allSchemas } from './schemas/all-schemas.js';

const TAGS = {
  Connectors: 'What runs, and how it is. Answered by any gateway from its own view of the cluster.',
  Changes: 'What changes connectors. Carried out by the herder that leads; repeating one does no harm.',
  Offsets: 'How far connectors have come.',
  Tools: 'For the records of a connector. Carried out by an executor, in threads apart from those of tasks.',
  Plugins: 'What is installed, and whether a configuration would do.',
  Loggers: 'Levels of loggers.',
  Service: 'The gateway itself.',
};

const DESCRIPTION = `The REST API of Kafka Connect, as Tributary's gateways serve it.

Bodies are JSON in UTF-8, without a byte too many. Every answer from 400 on has an \`ErrorBody\`. What needs the herder
that leads waits for one while there is none. A trailing slash does no harm, \`HEAD\` works where \`GET\` does, \`OPTIONS\`
tells the methods of a path, any other method is answered with 405 and any other path with 404. REST extensions may refuse
any request in their own way.`;

/** What a gateway's document depends on. */
export interface DocumentOptions {
  /** with the paths below `/admin` */
  readonly admin: boolean;
  /** undefined where nothing asks for a login */
  readonly logins?: Logins | undefined;
}

/** Reads the document off the controllers of a gateway. */
export function openApiDocument(gateway: INestApplication, { admin, logins }: DocumentOptions): OpenAPIObject {
  const document = SwaggerModule.createDocument(gateway, frame(), { autoTagControllers: false });
  addCommonAnswers(document);
  if (logins !== undefined) addLogins(document, logins);
  const { openapi, info, servers, tags, components } = document;
  const served = Object.entries(document.paths).filter(([path]) => admin || !path.startsWith('/admin/'));
  return { openapi, info, servers, tags, paths: Object.fromEntries(served), components };
}

function frame(): Omit<OpenAPIObject, 'paths'> {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Kafka Connect REST API of Tributary')
    .setDescription(DESCRIPTION)
    .setVersion(serverInfo().version)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'The gateway that this document comes from');
  for (const [tag, description] of Object.entries(TAGS)) builder.addTag(tag, description);
  return { ...builder.build(), components: { schemas: allSchemas, responses: COMMON_ANSWERS } };
}

function addCommonAnswers({ paths }: OpenAPIObject): void {
  for (const [path, { get, put, post, patch, delete: remove }] of Object.entries(paths)) {
    for (const operation of [get, put, post, patch, remove]) {
      if (operation === undefined) continue;
      for (const status of commonStatuses(path, operation.requestBody !== undefined)) {
        operation.responses[status] ??= { $ref: `#/components/responses/${status}` };
      }
    }
  }
}
