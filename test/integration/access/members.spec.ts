import { randomUUID } from 'node:crypto';
import { AccessService } from '../../../src/access/access.service.js';
import {
  AdministratorIsNoParty,
  MemberExists,
  NotVisible,
  PermissionRefused,
  PersonUnknown,
} from '../../../src/access/access.errors.js';
import { MembersService } from '../../../src/access/members.service.js';
import { PERMISSIONS_OF_ROLE, ROLES, type Role } from '../../../src/access/permissions.js';
import { AuditService } from '../../../src/audit/audit.service.js';
import { SERVICE } from '../../../src/platform/auth/acting.js';
import type { Actor } from '../../../src/platform/auth/actor.js';
import { PERMISSIONS } from '../../../src/platform/auth/permission.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { problemIn, startTestApp, type TestApp } from '../../support/harness.js';
import { rowsOfOwner } from '../../support/owner.js';

let service: TestApp;
let administrator: Actor;
const contractId = randomUUID();

beforeAll(async () => {
  service = await startTestApp();
  const me = await service.administrator.get('/v1/me').expect(200);
  administrator = {
    personId: me.body.id as string,
    name: 'Ada',
    isAdministrator: true,
    via: 'api',
  };
  await rowsOfOwner(
    `insert into contract (id, code, title, state, created_by) values ($1, 'trial', 'Trial', 'draft', $2)`,
    [contractId, administrator.personId],
  );
});
afterAll(() => service.stop());

async function anActor(name: string): Promise<Actor & { email: string }> {
  const email = `${name}-${randomUUID()}@example.org`;
  const { body } = await service.administrator.post('/v1/people', { email, name }).expect(201);
  return { personId: body.id as string, name, email, isAdministrator: false, via: 'api' };
}
const join = (email: string, role: Role, party = 'age-uk') =>
  service
    .get(TransactionRunner)
    .run(administrator, (tx) =>
      service.get(MembersService).addMember(tx, administrator, 'trial', { email, role, party }),
    );
const authorise = (actor: Actor, permission: (typeof PERMISSIONS)[number], id = contractId) =>
  service
    .get(TransactionRunner)
    .readOnly(actor, (tx) => service.get(AccessService).authorise(tx, actor, permission, id));

describe('what a person may do on a contract', () => {
  it.each(ROLES)('is what the role %s allows, and nothing else', async (role) => {
    const actor = await anActor(role);
    await join(actor.email, role);
    for (const permission of PERMISSIONS) {
      const allowed = PERMISSIONS_OF_ROLE[role].includes(permission);
      const attempt = authorise(actor, permission);
      if (allowed) await expect(attempt).resolves.toEqual({ role, party: 'age-uk' });
      else await expect(attempt).rejects.toThrow(PermissionRefused);
    }
  });

  it('is nothing for somebody without a part in it, who cannot even tell that it exists', async () => {
    const actor = await anActor('outsider');
    await expect(authorise(actor, 'contract:read')).rejects.toThrow(NotVisible);
    await expect(authorise(actor, 'contract:read', randomUUID())).rejects.toThrow(NotVisible);
  });

  it('is nothing any more once the membership has ended, and again once it is renewed', async () => {
    const actor = await anActor('leaver');
    await join(actor.email, 'provider');
    const path = `/v1/contracts/trial/members/${actor.personId}/provider`;
    await service.administrator.delete(path).expect(204);
    await expect(authorise(actor, 'contract:read')).rejects.toThrow(NotVisible);
    expect(problemIn(await service.administrator.delete(path)).code).toBe('MEMBER_UNKNOWN');
    await join(actor.email, 'provider');
    await expect(authorise(actor, 'contract:read')).resolves.toMatchObject({ role: 'provider' });
  });

  it('never includes a party’s act for an administrator', async () => {
    for (const permission of PERMISSIONS) {
      const allowed = [
        'contract:read',
        'contract:draft',
        'person:manage',
        'member:manage',
        'organisation:manage',
      ];
      const attempt = authorise(administrator, permission);
      if (allowed.includes(permission)) await expect(attempt).resolves.toBeNull();
      else await expect(attempt).rejects.toThrow(PermissionRefused);
    }
    await expect(authorise(administrator, 'contract:read', randomUUID())).rejects.toThrow(
      NotVisible,
    );
  });
});

describe('members', () => {
  it('are added once in each role, and may have several', async () => {
    const actor = await anActor('double');
    await join(actor.email, 'observer');
    await expect(join(actor.email, 'observer')).rejects.toThrow(MemberExists);
    await join(actor.email, 'verifier', 'evaluator');
    await expect(authorise(actor, 'claim:read')).resolves.toEqual({
      role: 'verifier',
      party: 'evaluator',
    });
  });

  it('cannot be administrators or strangers', async () => {
    await expect(join(service.administrator.email, 'provider')).rejects.toThrow(
      AdministratorIsNoParty,
    );
    await expect(join('nobody@example.org', 'provider')).rejects.toThrow(PersonUnknown);
  });

  it('have a role that exists, in a contract that exists', async () => {
    const { email } = await anActor('wrong');
    const body = { email, party: 'x', role: 'auditor' };
    const role = await service.administrator.post('/v1/contracts/trial/members', body).expect(400);
    expect(problemIn(role).faults).toMatchObject([{ at: '/role' }]);
    const contract = await service.administrator
      .post('/v1/contracts/nowhere/members', { ...body, role: 'provider' })
      .expect(404);
    expect(problemIn(contract).code).toBe('NOT_FOUND');
    const path = `/v1/contracts/trial/members/${randomUUID()}/auditor`;
    expect(problemIn(await service.administrator.delete(path)).code).toBe('MALFORMED_REQUEST');
  });

  it('are listed with those who left', async () => {
    const leaver = await anActor('gone');
    const { personId } = await join(leaver.email, 'investor');
    await service.administrator
      .delete(`/v1/contracts/trial/members/${personId}/investor`)
      .expect(204);
    const { body } = await service.administrator.get('/v1/contracts/trial/members').expect(200);
    const items = body.items as { role: string; personId: string; endedAt: string | null }[];
    expect(new Set(items.map(({ role }) => role))).toEqual(new Set(ROLES));
    expect(items.find((item) => item.personId === personId)!.endedAt).toEqual(expect.any(String));
  });

  it('are recorded in the trail of the contract, which verifies', async () => {
    const verification = await service
      .get(TransactionRunner)
      .readOnly(SERVICE.operator, (tx) => service.get(AuditService).verify(tx, contractId));
    expect(verification.firstBad).toBeNull();
    expect(verification.good).toBeGreaterThan(8n);
  });
});
