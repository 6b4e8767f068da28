import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse } from '@nestjs/swagger';
import type { Permission } from './permission.js';

export const REQUIRED_PERMISSION = 'outturn:required-permission';
export const PUBLIC_ROUTE = 'outturn:public-route';
/** `any` marks a route open to whoever is signed in, such as the list of their own contracts. */
export type RequiredPermission = Permission | 'any';

/**
 * States the permission a route needs. The guard demands a valid key; whether the caller holds the permission on the
 * contract in question is decided in the service, beside the data.
 */
export const Requires = (permission: RequiredPermission): ClassDecorator & MethodDecorator =>
  applyDecorators(
    SetMetadata(REQUIRED_PERMISSION, permission),
    ApiBearerAuth(),
    ApiResponse({ status: 401, description: 'No valid API key was given.' }),
    ApiResponse({ status: 403, description: `Needs ${permission}.` }),
    ApiResponse({ status: 429, description: 'Too many requests of this person in this minute.' }),
  );

/** Says aloud that a route is open to everybody. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC_ROUTE, true);
