export { compareSides, part, type Findings } from './conformance.js';
export { describeVerdict } from './report.js';
export { startSides, type Sides } from './side.js';
