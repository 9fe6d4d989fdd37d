import { unmasked, type UnmaskedConfig } from '@tributary/config-schemas';
import type { RequestedConfig } from '@tributary/control-plane';
import { withMasks } from '@tributary/rest-api';
import type { FreshView } from '../fresh-view.js';
import { masked, type ConfigMask } from './config-mask.js';

/** What masking works with. */
export interface MaskingParts {
  readonly mask: ConfigMask;
  /** the cluster as it is stored, passwords included */
  readonly stored: FreshView;
}

/** What `rest.mask.passwords` means for requests and for the leader's answers; without parts it is off. */
export class Masking {
  constructor(private readonly parts: MaskingParts | undefined) {}

  /** The path of a request on its way to the leader. */
  path(path: string): string {
    return this.parts === undefined ? path : withMasks(path);
  }

  /** The leader's answer as a client may see it: the config of a connector is in it, or none. */
  async answer(body: string): Promise<string> {
    if (this.parts === undefined || body === '') return body;
    const answer: unknown = JSON.parse(body);
    if (!hasConfig(answer)) return body;
    const names = await this.parts.mask.names(answer.config);
    return JSON.stringify({ ...answer, config: masked(answer.config, names) });
  }

  /** A config that is to be validated, with what is stored of its connector in place of masks. */
  async given(config: RequestedConfig): Promise<UnmaskedConfig> {
    if (this.parts === undefined) return { config, masked: [] };
    const view = await this.parts.stored.view();
    const name = config['name']?.trim() ?? '';
    return unmasked(config, view.has(name) ? view.connectorConfig(name) : undefined);
  }
}

function hasConfig(answer: unknown): answer is { readonly config: Readonly<Record<string, string>> } {
  return typeof answer === 'object' && answer !== null && 'config' in answer && typeof answer.config === 'object';
}
