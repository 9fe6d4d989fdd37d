import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { NotLeaderError } from '@tributary/control-plane';
import { NOT_LEADER_HEADER, sendJson } from '@tributary/rest-api';
import type { Response } from 'express';

/** Tells a gateway that it asked the wrong herder and that nothing was done. */
@Catch(NotLeaderError)
export class NotLeaderFilter implements ExceptionFilter<NotLeaderError> {
  catch(error: NotLeaderError, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    response.setHeader(NOT_LEADER_HEADER, error.leaderUrl ?? '');
    sendJson(response, 409, { error_code: 409, message: error.message });
  }
}
