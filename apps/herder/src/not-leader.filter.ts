import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { NotLeaderError } from '@tributary/control-plane';
import { NOT_LEADER_HEADER } from '@tributary/rest-api';
import type { Response } from 'express';

/** Tells a gateway that it asked the wrong herder and that nothing was done. */
@Catch(NotLeaderError)
export class NotLeaderFilter implements ExceptionFilter<NotLeaderError> {
  catch(error: NotLeaderError, host: ArgumentsHost): void {
    host
      .switchToHttp()
      .getResponse<Response>()
      .status(409)
      .setHeader(NOT_LEADER_HEADER, error.leaderUrl ?? '')
      .json({ error_code: 409, message: error.message });
  }
}
