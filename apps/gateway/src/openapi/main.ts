import { ServiceApp } from '@tributary/rest-api';
import { gatewayModule, type GatewayParts } from '../gateway.module.js';
import { openApiDocument } from './document.js';

// Prints the document of a gateway that serves all there is; nothing is started for it.
const { nest } = await ServiceApp.create(gatewayModule({} as GatewayParts), { preview: true });
process.stdout.write(`${JSON.stringify(openApiDocument(nest, { admin: true }), null, 2)}\n`);
