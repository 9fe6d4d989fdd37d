import { ConfigDef } from '@tributary/connect-api';

/** These connectors define no properties: what their tasks need is only missed when they start. */
export const NO_CONFIG = ConfigDef.define({});
