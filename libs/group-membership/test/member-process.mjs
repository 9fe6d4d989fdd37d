// A member of a group in a process of its own: `node member-process.mjs <properties> <tasks>`, both JSON. Tasks are numbers
// by connector. Prints each assignment as a line of JSON and goes on until it is killed.
import { kafkaClients } from '@tributary/kafka-client';
import { ClusterMembership } from '../dist/index.js';

const [properties, configured] = process.argv.slice(2).map((text) => JSON.parse(text));
const tasks = (connector) => Array.from({ length: configured[connector] ?? 0 }, (_, task) => ({ connector, task }));
let running = [];
const membership = new ClusterMembership({
  clients: kafkaClients,
  properties,
  role: properties.role,
  workerId: properties.id,
  url: `http://${properties.id}/`,
  configStore: {
    snapshot: () => ({ offset: 1, connectors: () => Object.keys(configured), tasks }),
    refresh: async () => undefined,
    subscribe: () => () => undefined,
  },
  runningTasks: () => running,
  listener: {
    assigned: async (assignment) => {
      running = assignment.tasks;
      process.stdout.write(`${JSON.stringify(assignment)}\n`);
    },
    lost: async () => {
      running = [];
    },
  },
});
await membership.start();
