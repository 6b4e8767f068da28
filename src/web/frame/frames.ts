import { Injectable } from '@nestjs/common';
import { SERVICE_VERSION } from '../../platform/version.js';
import type { FastifyRequest } from 'fastify';
import { actorIfAny } from '../../platform/auth/request-actor.js';
import { paths } from '../paths.js';
import { formTokenOf } from './form-token.js';
import type { Frame } from './frame.js';
import { visitorOf } from './visitor.js';

/** Makes what surrounds a page from what is known of its reader. */
@Injectable()
export class Frames {
  /** `newToken` is that of a session which the same answer puts into the browser's cookie. */
  frameOf(request: FastifyRequest, newToken?: string | null): Frame {
    const actor = actorIfAny(request);
    const secret = newToken ?? visitorOf(request)?.secret;
    const here = pathOf(request);
    const links = actor
      ? LINKS.filter((link) => !link.needsAdministrator || actor.isAdministrator)
      : [];
    return {
      person: actor && { name: actor.name },
      navigation: links.map(({ text, href }) => ({ text, href, active: isWithin(here, href) })),
      formToken: secret === undefined ? '' : formTokenOf(secret),
      version: SERVICE_VERSION,
    };
  }
}

interface Link {
  readonly text: string;
  readonly href: string;
  readonly needsAdministrator?: true;
}

const LINKS: readonly Link[] = [
  { text: 'Contracts', href: paths.home },
  { text: 'Organisations', href: paths.organisations },
  { text: 'People', href: paths.people, needsAdministrator: true },
  { text: 'Sign-in providers', href: paths.signInProviders, needsAdministrator: true },
  { text: 'Your account', href: paths.account },
];

export const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0]!;

const isWithin = (here: string, part: string): boolean =>
  here === part || here.startsWith(`${part}/`);
