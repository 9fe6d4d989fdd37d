export { RestError, routerError } from './errors/rest-error.js';
export { errorBodyOf, type ErrorBody } from './errors/error-body.js';
export { ConnectExceptionFilter } from './errors/connect-exception.filter.js';
export { configFrom, isObject, parseJson, typeName, type JsonNode } from './body/parse-json.js';
export {
  createConnectorFrom,
  CreateConnectorDto,
  INITIAL_STATES,
  type InitialState,
} from './body/create-connector.dto.js';
export { alterOffsetsFrom, type RequestedOffset } from './body/alter-offsets.js';
export { previewFrom, type RequestedPreview } from './body/preview-body.js';
export { LETTER_STAGES, REDRIVE_LIMITS, redriveFrom, type RequestedRedrive } from './body/redrive-body.js';
export { loggerLevelFrom } from './body/logger-level.js';
export { MAX_BODY_BYTES, type RequestWithBody } from './body/body.middleware.js';
export { ServiceApp } from './http/service-app.js';
export type { Shortcut } from './http/shortcut.js';
export { ServiceAgent } from './tls/service-agent.js';
export { InternalRequestGuard } from './signing/internal-request.guard.js';
export { SessionKeys } from './signing/session-keys.js';
export { SIGNATURE_HEADERS } from './signing/signature.js';
export { verifiedParts } from './signing/verified-requests.js';
export {
  InternalClient,
  NoAnswerError,
  SignatureRefusedError,
  type InternalAnswer,
  type InternalRequest,
} from './forwarding/internal-client.js';
export { HEALTH_PROBE, HEALTHY, starting, type HealthBody, type HealthProbe } from './status/health.js';
export { StatusController } from './status/status.controller.js';
export { followLoggerLevels } from './service/follow-logger-levels.js';
export { runService, type RunningService, type ServiceName } from './service/run-service.js';
export { MASKS_PARAMETER, withMasks, withoutInnerParameters } from './forwarding/masks-parameter.js';
export { NOT_LEADER_HEADER, TRY_AGAIN_HEADER, UNDECIDED_HEADER } from './forwarding/refusal-headers.js';
export { Startup, StartupGuard } from './status/startup.js';
export { OPEN_PATHS } from './http/open-paths.js';
export { listenInternally, listenOn } from './http/listen-on.js';
export { jsonText, sendJson, sendJsonText } from './http/send-json.js';
export { connectorPath, firstOf, flagFrom, taskIdFrom, type QueryValue } from './http/paths.js';
