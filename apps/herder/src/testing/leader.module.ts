import { All, Controller, Module, Req, Res, type DynamicModule } from '@nestjs/common';
import { sendJsonText, verifiedParts, type InternalAnswer, type RequestWithBody } from '@tributary/rest-api';
import type { Response } from 'express';

/** What the leader was asked, and what it says; undefined: it hangs up. */
export class Leader {
  readonly asked: { line: string; body: string; forwarded: string | undefined }[] = [];
  answer: InternalAnswer | undefined;
}

@Controller()
class LeaderController {
  constructor(private readonly leader: Leader) {}

  @All('*rest')
  answer(@Req() request: RequestWithBody, @Res() response: Response): void {
    const { method, originalUrl, bodyText: body } = request;
    this.leader.asked.push({ line: `${method} ${originalUrl}`, body, forwarded: verifiedParts(request)?.forwarded });
    const { answer } = this.leader;
    if (answer === undefined) {
      request.socket.destroy();
      return;
    }
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value ?? '');
    if (answer.body === '') response.status(answer.status).end();
    else sendJsonText(response, answer.status, answer.body);
  }
}

@Module({})
class LeaderModule {}

export const leaderModule = (leader: Leader): DynamicModule => ({
  module: LeaderModule,
  controllers: [LeaderController],
  providers: [{ provide: Leader, useValue: leader }],
});
