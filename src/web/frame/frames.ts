import { Injectable } from '@nestjs/common';
import { SERVICE_VERSION } from '../../platform/version.js';
import type { FastifyRequest } from 'fastify';
import { actorIfAny } from '../../platform/auth/request-actor.js';
import { paths } from '../paths.js';
import { formTokenOf } from './form-token.js';
import type { Frame, NavigationLink } from './frame.js';
import { visitorOf } from './visitor.js';

/** Makes what surrounds a page from what is known of its reader. */
@Injectable()
export class Frames {
  /** `newToken` is that of a session which the same answer puts into the browser's cookie. */
  frameOf(request: FastifyRequest, newToken?: string | null): Frame {
    const actor = actorIfAny(request);
    const secret = newToken ?? visitorOf(request)?.secret;
    const here = pathOf(request);
    const links = actor ? [...(actor.isAdministrator ? ADMINISTRATOR : []), ...EVERYBODY] : [];
    return {
      person: actor && { name: actor.name },
      navigation: links.map(({ text, href }) => ({ text, href, active: isWithin(here, href) })),
      formToken: secret === undefined ? '' : formTokenOf(secret),
      version: SERVICE_VERSION,
    };
  }
}

type Link = Omit<NavigationLink, 'active'>;
const EVERYBODY: readonly Link[] = [{ text: 'Your account', href: paths.account }];
const ADMINISTRATOR: readonly Link[] = [{ text: 'People', href: paths.people }];

export const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0]!;

const isWithin = (here: string, part: string): boolean =>
  here === part || here.startsWith(`${part}/`);
