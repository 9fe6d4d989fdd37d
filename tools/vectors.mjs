// Behind `npm run vectors`: what the reference's converters and transformations do, printed again for the specs.
import { build, installIfNeeded } from './prepare.mjs';

installIfNeeded();
build();
const { main } = await import('./dist/vectors/main.js');
await main();
