import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { concatMap, type Observable } from 'rxjs';
import { spooledAnswer } from '../../platform/http/spooled-answer.js';
import {
  FileAnswer,
  hasErrors,
  JsonAnswer,
  PageAnswer,
  RedirectAnswer,
  type Answer,
} from './answer.js';
import { Cookies } from './cookies.js';
import { Frames } from './frames.js';
import { ViewService } from './view.service.js';

/** Makes HTTP of what a page's controller answers. */
@Injectable()
export class PageInterceptor implements NestInterceptor<Answer> {
  constructor(
    private readonly views: ViewService,
    private readonly frames: Frames,
    private readonly cookies: Cookies,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<Answer>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(concatMap((answer) => this.send(answer, request, reply)));
  }

  private async send(
    answer: Answer,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<unknown> {
    const { options } = answer;
    this.cookies.apply(reply, options);
    void reply.header('Cache-Control', 'no-store').headers(options.headers ?? {});
    if (answer instanceof RedirectAnswer) {
      void reply.status(303).header('Location', answer.to);
      return '';
    }
    if (answer instanceof JsonAnswer) {
      void reply.status(options.status ?? 200);
      return answer.body;
    }
    if (answer instanceof FileAnswer) return spooledAnswer(reply, answer.file, answer.write);
    return this.html(answer, request, reply);
  }

  private html(
    { template, model, options }: PageAnswer,
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    const frame = this.frames.frameOf(request, options.session);
    void reply
      .status(options.status ?? (hasErrors(model.errors) ? 400 : 200))
      .type('text/html; charset=utf-8');
    return this.views.render(template, frame, model);
  }
}
