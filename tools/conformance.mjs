// Behind `npm run conformance`: the same requests to the reference and to Tributary on one broker.
import { build, installIfNeeded } from './prepare.mjs';

installIfNeeded();
build();
const { main } = await import('./dist/conformance/main.js');
await main();
