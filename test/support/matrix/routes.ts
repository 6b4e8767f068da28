import { RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { PUBLIC_ROUTE, REQUIRED_PERMISSION } from '../../../src/platform/auth/access.decorators.js';
import { BROWSER_ROUTE } from '../../../src/platform/auth/door.js';
import type { TestApp } from '../service.js';

/** A route as the router knows it: `GET /v1/contracts/:code`, and the permission it declares (`public` for none). */
export interface Route {
  readonly name: string;
  readonly needs: string;
  /** A page, whose door takes a session; every other route takes a key. */
  readonly isPage: boolean;
}

type Handlers = Record<string, object>;

/** Every page, and every route under /v1 and /oauth, from the metadata that the router itself is built from. */
export function routesOf(service: TestApp): Route[] {
  const scanner = new MetadataScanner();
  return service
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ metatype }) => {
      const controller = metatype as unknown as { prototype: Handlers };
      return scanner.getAllMethodNames(controller.prototype).flatMap((method) => {
        const handler = controller.prototype[method]!;
        const verb = Reflect.getMetadata('method', handler) as RequestMethod | undefined;
        if (verb === undefined) return [];
        const read = (key: string): unknown =>
          Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, controller);
        const parts = [
          Reflect.getMetadata('path', controller),
          Reflect.getMetadata('path', handler),
        ];
        const path = parts.flat().join('/').split('/').filter(Boolean).join('/');
        const needs = read(PUBLIC_ROUTE) === true ? 'public' : String(read(REQUIRED_PERMISSION));
        const isPage = read(BROWSER_ROUTE) === true;
        return [{ name: `${RequestMethod[verb]} /${path}`, needs, isPage }];
      });
    })
    .filter(({ name, isPage }) => isPage || / \/(v1|oauth)(\/|$)/.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
