import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { MomentaryConflictError, NotLeaderError } from '@tributary/control-plane';
import { NOT_LEADER_HEADER, sendJson, TRY_AGAIN_HEADER, UNDECIDED_HEADER } from '@tributary/rest-api';
import type { Response } from 'express';

/** Tells a gateway when to ask again, whom, and whether something may have been done. */
@Catch(NotLeaderError, MomentaryConflictError)
export class RefusalFilter implements ExceptionFilter<NotLeaderError | MomentaryConflictError> {
  catch(error: NotLeaderError | MomentaryConflictError, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    if (error instanceof NotLeaderError) {
      response.setHeader(NOT_LEADER_HEADER, error.leaderUrl ?? '');
      if (error.undecided) response.setHeader(UNDECIDED_HEADER, 'true');
    } else {
      response.setHeader(TRY_AGAIN_HEADER, 'true');
    }
    sendJson(response, 409, { error_code: 409, message: error.message });
  }
}
