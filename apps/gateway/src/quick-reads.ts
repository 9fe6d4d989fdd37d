import type { ConnectorTexts, Expansion } from '@tributary/control-plane';
import type { Shortcut } from '@tributary/rest-api';
import type { FreshView } from './fresh-view.js';

const LISTS: ReadonlyMap<string, readonly Expansion[]> = new Map([
  ['/connectors?expand=info', ['info']],
  ['/connectors?expand=status', ['status']],
  ['/connectors?expand=info&expand=status', ['info', 'status']],
  ['/connectors?expand=status&expand=info', ['status', 'info']],
]);

/** A connector whose name is written in the path as it is. */
const CONNECTOR = /^\/connectors\/([\w.-]+)(\/status)?$/;

/**
 * The reads that monitoring and user interfaces repeat all the time, by the shortest way to their text. What is asked for
 * in any other spelling, and what does not exist, the controllers answer.
 */
export function quickReads(fresh: Pick<FreshView, 'view'>, texts: ConnectorTexts): Shortcut {
  return (url) => {
    const expansions = LISTS.get(url);
    if (expansions !== undefined) return fresh.view().then(() => texts.list(expansions));
    const [, name, status] = CONNECTOR.exec(url) ?? [];
    if (name === undefined) return undefined;
    return fresh.view().then(() => (status === undefined ? texts.info(name) : texts.status(name)));
  };
}
