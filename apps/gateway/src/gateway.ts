import type { WorkerConfig } from '@tributary/config-schemas';
import {
  ClusterView,
  ConnectorOffsets,
  ConnectorTexts,
  pluginInspector,
  type TypeOfConnector,
} from '@tributary/control-plane';
import { kafkaClients } from '@tributary/kafka-client';
import { ClusterStores, reachKafka } from '@tributary/kafka-storage';
import { loggerFor } from '@tributary/observability';
import {
  followLoggerLevels,
  InternalClient,
  listenOn,
  ServiceAgent,
  ServiceApp,
  SessionKeys,
  Startup,
  StartupGuard,
  type RunningService,
} from '@tributary/rest-api';
import { FreshView } from './fresh-view.js';
import { gatewayModule } from './gateway.module.js';
import { MaskedView } from './masking/masked-view.js';
import { Masking } from './masking/masking.js';
import { ConfigMask } from './masking/config-mask.js';
import { LazyDocument } from './openapi/lazy-document.js';
import { loginsOf } from './logins.js';
import { LeaderForwarder } from './leader-forwarder.js';
import { LeaderLocator } from './leader-locator.js';
import { quickReads } from './quick-reads.js';
import { RestExtensions } from './rest-extensions.js';
import { serverInfo } from './server-info.js';
import { TopicTracking } from './topic-tracking.js';

const log = loggerFor('gateway');

/** How long a request to the leader may take in all, milliseconds; the reference's. */
const REQUEST_TIMEOUT_MS = 90_000;

/** Listens first, so that its health can be asked; takes requests once it has read the cluster's topics. */
export async function startGateway(config: WorkerConfig): Promise<RunningService> {
  const groupId = config.string('group.id');
  const own = config.internalClientProperties();
  const admin = kafkaClients.admin({ ...own, 'client.id': `${groupId}-shared-admin` });
  const stores = new ClusterStores({
    clients: kafkaClients,
    properties: { ...own, 'group.id': groupId },
    workerProperties: config.properties,
  });
  const { configs, statuses, offsets } = stores;
  const extensions = await RestExtensions.load(config);
  const inspector = pluginInspector(config);
  const catalogue = await inspector.catalogue();
  const typeOf: TypeOfConnector = (connector) => catalogue.typeOf(connector);
  const view = new ClusterView(configs, statuses, typeOf);
  const stored = new FreshView(view);
  const mask = config.boolean('rest.mask.passwords') ? new ConfigMask(inspector) : undefined;
  const shown = mask === undefined ? view : new MaskedView(configs, statuses, typeOf, mask);
  const fresh = mask === undefined ? stored : new FreshView(shown);
  const texts = new ConnectorTexts(shown, configs, statuses);
  const client = new InternalClient(SessionKeys.for(config, configs), ServiceAgent.for(config));
  const startup = new Startup('connecting to Kafka');
  const info = serverInfo();

  const app: ServiceApp = await ServiceApp.create(
    gatewayModule({
      startup,
      info,
      document: new LazyDocument(() => app.nest, { admin: !config.isSet('admin.listeners'), logins: loginsOf(config) }),
      inspector,
      view: fresh,
      stored,
      masking: new Masking(mask && { mask, stored }),
      texts,
      tracking: new TopicTracking(config),
      forwarder: new LeaderForwarder(new LeaderLocator(admin, groupId), client, REQUEST_TIMEOUT_MS),
      offsets: new ConnectorOffsets({ view, store: offsets, worker: config, clients: kafkaClients }),
    }),
  );
  app.nest.useGlobalGuards(new StartupGuard(startup));
  await extensions.register(app);
  await listenOn(app, config);
  info.kafka_cluster_id = await reachKafka(kafkaClients, own);
  startup.enter('initializing and reading to the end of internal topics');
  await stores.start();
  followLoggerLevels(configs);
  if (mask !== undefined) await shown.refresh();
  startup.finish();
  app.setShortcut(quickReads(fresh, texts));
  log.info({ connectors: view.connectorNames().length }, 'ready');
  return {
    stop: async () => {
      await app.close();
      await extensions.close();
      client.close();
      await Promise.all([stores.stop(), inspector.close(), admin.close()]);
    },
  };
}
