// Behind `npm run fuzz`: random requests against a cluster, made from its OpenAPI document.
import { build, installIfNeeded } from './prepare.mjs';

installIfNeeded();
build();
const { command } = await import('./dist/fuzz/main.js');
await command();
