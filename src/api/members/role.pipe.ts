import { ParseEnumPipe } from '@nestjs/common';
import { ROLES } from '../../access/permissions.js';

/** Reads a role from an address. */
export class RolePipe extends ParseEnumPipe {
  constructor() {
    super(Object.fromEntries(ROLES.map((role) => [role, role])));
  }
}
