import { BadRequestException, Injectable, type PipeTransform } from '@nestjs/common';
import { ROLES, type Role } from '../../access/permissions.js';

/** Reads a role from an address. */
@Injectable()
export class RolePipe implements PipeTransform<string, Role> {
  transform(text: string): Role {
    const role = ROLES.find((known) => known === text);
    if (!role) throw new BadRequestException();
    return role;
  }
}
