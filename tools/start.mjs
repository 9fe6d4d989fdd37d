// Behind `npm start`: makes sure that everything is installed and built, then hands over to the launcher.
import { build, installIfNeeded } from './prepare.mjs';

installIfNeeded();
build();
const { main } = await import('./dist/launcher/main.js');
await main(process.argv.slice(2));
