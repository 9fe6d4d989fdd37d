import { secretValues } from '@tributary/config-schemas';
import type { Props } from '@tributary/connect-api';
import { hideSecrets } from '@tributary/observability';
import type { Instance, InstanceChannel } from '@tributary/plugin-host';
import type { HostSetting } from '../build/task-setting.js';
import { resolvedConfigs } from '../host/resolved-configs.js';
import { hiddenIn } from '../preview/json-text.js';
import type { PreviewRequest } from '../preview/preview-request.js';
import { runPreview } from '../preview/run-preview.js';
import type { RedriveRequest } from '../redrive/redrive-request.js';
import { runRedrive } from '../redrive/run-redrive.js';

/** For which connector a tool works, and with which configuration, as it is stored or as a client gave it. */
export interface ToolPayload {
  readonly connector: string;
  readonly connectorConfig: Props;
  /** the properties that the client gave masked: it is not told what they are */
  readonly masked?: readonly string[];
}

/** What a redrive needs besides. */
export interface RedriveOrder {
  /** of the connector's first task; undefined: it has none */
  readonly taskConfig: Props | undefined;
  readonly configGeneration: number;
  readonly request: RedriveRequest;
}

/** Thread side of {@link ConnectorTools}: what config providers know is put in here and goes nowhere else. */
export class ToolInstance implements Instance {
  constructor(
    private readonly host: HostSetting,
    private readonly payload: ToolPayload,
    private readonly channel: InstanceChannel,
  ) {}

  async preview(request: Pick<PreviewRequest, 'records'>): Promise<string> {
    const { connector, masked = [] } = this.payload;
    const configs = { connectorConfig: this.payload.connectorConfig, taskConfig: {} };
    const { connectorConfig } = resolvedConfigs(configs, this.host, this.channel.secrets);
    this.channel.secrets.add(() => secretValues(masked.map((name) => [name, connectorConfig[name] ?? ''])));
    const setting = { ...this.host, connector, connectorConfig };
    return hiddenIn(await runPreview(setting, request, this.channel.signal), hideSecrets);
  }

  async redrive({ taskConfig, configGeneration, request }: RedriveOrder): Promise<string> {
    const { connector, connectorConfig } = this.payload;
    const configs = { connectorConfig, taskConfig: taskConfig ?? {} };
    const resolved = resolvedConfigs(configs, this.host, this.channel.secrets);
    const setting = {
      ...this.host,
      connector,
      connectorConfig: resolved.connectorConfig,
      taskConfig: taskConfig && resolved.taskConfig,
      configGeneration,
    };
    const report = await runRedrive(setting, request, this.channel.signal);
    return hiddenIn(JSON.stringify(report), hideSecrets);
  }

  destroy(): void {}
}
