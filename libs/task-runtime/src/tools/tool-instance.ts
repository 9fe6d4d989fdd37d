import { connectorSecrets } from '@tributary/config-schemas';
import { hideSecrets } from '@tributary/observability';
import type { Instance, InstanceChannel } from '@tributary/plugin-host';
import type { HostSetting } from '../build/task-setting.js';
import { hiddenIn } from '../preview/json-text.js';
import type { PreviewRequest } from '../preview/preview-request.js';
import { runPreview } from '../preview/run-preview.js';

/** For which connector a tool works, and with which configuration, as it is stored or as a client gave it. */
export interface ToolPayload {
  readonly connector: string;
  readonly connectorConfig: Readonly<Record<string, string>>;
}

/** Thread side of {@link ConnectorTools}: what config providers know is put in here and goes nowhere else. */
export class ToolInstance implements Instance {
  constructor(
    private readonly host: HostSetting,
    private readonly payload: ToolPayload,
    private readonly channel: InstanceChannel,
  ) {}

  async preview(request: Pick<PreviewRequest, 'records'>): Promise<string> {
    const { connector, connectorConfig } = this.payload;
    const resolution = this.host.worker.providers.resolution(connectorConfig);
    this.channel.secrets.add(() => connectorSecrets(resolution, this.host));
    const setting = { ...this.host, connector, connectorConfig: resolution.properties };
    return hiddenIn(await runPreview(setting, request, this.channel.signal), hideSecrets);
  }

  destroy(): void {}
}
