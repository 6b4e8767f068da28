import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { PUBLIC_ROUTE, REQUIRED_PERMISSION } from './access.decorators.js';

/** Thrown at start when a route does not say who may use it. */
export class RoutesWithoutAccessRule extends Error {
  constructor(readonly routes: readonly string[]) {
    super(
      `Every route declares either @Requires or @Public, and not both:\n${routes.map((route) => `  - ${route}`).join('\n')}`,
    );
    this.name = 'RoutesWithoutAccessRule';
  }
}

const ROUTE_METHOD = 'method'; // the key under which @Get, @Post and the others leave their mark

/** Refuses to start while any route is silent about its permission. */
@Injectable()
export class RoutesCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const silent = this.discovery
      .getControllers()
      .flatMap(({ metatype }) => (metatype ? this.silentRoutes(metatype as Controller) : []));
    if (silent.length > 0) throw new RoutesWithoutAccessRule(silent);
  }

  private silentRoutes(controller: Controller): string[] {
    return this.scanner
      .getAllMethodNames(controller.prototype)
      .filter((name) => {
        const handler = controller.prototype[name]!;
        if (this.reflector.get<unknown>(ROUTE_METHOD, handler) === undefined) return false;
        const says = (key: string) =>
          this.reflector.getAllAndOverride<unknown>(key, [handler, controller]) !== undefined;
        return says(REQUIRED_PERMISSION) === says(PUBLIC_ROUTE);
      })
      .map((name) => `${controller.name}.${name}`);
  }
}

interface Controller {
  new (...parameters: never[]): object;
  readonly name: string;
  readonly prototype: Record<string, () => unknown>;
}
