import type { LightMyRequestResponse } from 'fastify';
import type { TestApp } from '../service.js';
import { freshKey, requestOf, RULES, thingsOf, type Named, type Request } from './calls.js';
import { pageHeaders, PAGES } from './pages.js';
import type { Player, Stage } from './cast.js';
import { verdictOf, type Verdict } from './policy.js';
import type { Route } from './routes.js';

/** One route, called as one person on one thing, and what the policy says of it. */
export interface Cell {
  readonly route: string;
  readonly isPage: boolean;
  readonly player: Player;
  readonly thing: Named;
  readonly request: Request;
  readonly verdict: Verdict;
  /** What the key is narrowed to, where it is. */
  readonly narrowing?: string;
}

/** Every route as everybody, in every relation, on every state of what it is about. */
export const cellsOf = (stage: Stage, routes: readonly Route[]): Cell[] =>
  routes.flatMap(({ name: route, isPage }) => {
    const rule = isPage ? PAGES[route] : RULES[route];
    if (rule === undefined) return [];
    return thingsOf(stage)
      .filter(({ state }) => Object.hasOwn(rule.done, state))
      .flatMap((thing) =>
        stage.players.map((player) => ({
          route,
          isPage,
          player,
          thing,
          request: requestOf(route, rule, thing, stage),
          verdict: verdictOf(player, rule, thing),
        })),
      );
  });

export function call(
  service: TestApp,
  { route, isPage, player, request }: Cell,
): Promise<LightMyRequestResponse> {
  const { body, path, ifMatch } = request;
  const method = route.slice(0, route.indexOf(' ')) as 'GET';
  if (isPage)
    return service.app.inject({
      method,
      url: path,
      headers: pageHeaders(service, player, method),
      ...(method === 'GET'
        ? {}
        : { payload: new URLSearchParams(body as Record<string, string>).toString() }),
    });
  return service.app.inject({
    method,
    url: path,
    headers: {
      'idempotency-key': freshKey(),
      ...(player.person.key === null ? {} : { authorization: `Bearer ${player.person.key}` }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      ...(typeof body === 'string' ? { 'content-type': 'text/csv' } : {}),
    },
    ...(body === undefined ? {} : { payload: body }),
  });
}

export const nameOf = ({ route, player, thing, narrowing }: Cell): string =>
  `${route} of ${thing.state} as ${player.name}${narrowing === undefined ? '' : ` with a key for ${narrowing}`}`;
