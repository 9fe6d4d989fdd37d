import type { Scenario } from '../step.js';
import { aliases } from './aliases.js';
import { bodies } from './bodies.js';
import { browsers } from './browsers.js';
import { configs } from './configs.js';
import { refusedCreates } from './creating.js';
import { generated } from './generated.js';
import { lives } from './lives.js';
import { loggers } from './loggers.js';
import { mediaTypes } from './media-types.js';
import { namesThatWork } from './names.js';
import { offsets } from './offsets.js';
import { paths } from './paths.js';
import { queries } from './queries.js';
import { routes } from './routes.js';
import { together } from './together.js';
import { validation } from './validation.js';

/** Everything that both sides are asked. */
export function catalogue(): Scenario[] {
  return [
    ...routes,
    ...bodies,
    ...mediaTypes,
    ...paths,
    ...queries,
    ...browsers,
    ...refusedCreates,
    ...validation,
    ...aliases,
    ...generated(),
    ...lives,
    ...configs,
    ...namesThatWork,
    ...offsets,
    ...loggers,
    ...together,
  ];
}
