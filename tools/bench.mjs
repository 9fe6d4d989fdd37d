// Behind `npm run bench`: the reference and Tributary side by side on one broker. `npm run bench -- rest` runs that part alone.
import { build, installIfNeeded } from './prepare.mjs';

installIfNeeded();
build();
const { main } = await import('./dist/bench/main.js');
await main(process.argv.slice(2));
