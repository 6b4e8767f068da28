// What signing in needs, a row of each table for a person, as the owner writes it.
import { randomUUID } from 'node:crypto';
import { asOwner } from './owner.js';

/** Tables of signing in: nobody but the authenticator, and the operator, sees all of them. */
export const SIGN_IN_TABLES = [
  'browser_session',
  'failed_sign_in',
  'passkey_ceremony',
  'password_link',
  'person_password',
  'provider_identity',
  'provider_visit',
  'recovery_code',
  'second_factor',
  'sign_in_attempt',
  'sign_in_provider',
  'sign_in_provider_domain',
] as const;

const HASH = (of: string) => `sha256(convert_to('${of}', 'UTF8'))`;

/** A row of every table for a person. */
export async function rowsOfSignIn(personId: string): Promise<void> {
  const id = randomUUID();
  await asOwner(async (tx) => {
    for (const sql of [
      `insert into person_password values ('${personId}', '$argon2id$x', now())`,
      `insert into password_link values (${HASH(`link ${id}`)}, '${personId}', 'reset', now() + interval '1 day')`,
      `insert into second_factor (id, person_id, kind, label, offered_at, sealed_seed)
       values ('${id}', '${personId}', 'authenticator', 'phone', now(), 'sealed')`,
      `insert into recovery_code values ('${personId}', ${HASH(`code ${id}`)})`,
      `insert into browser_session values ('${id}', ${HASH(`session ${id}`)}, '${personId}', 'complete', 'password',
         'a browser', '192.0.2.x', now(), now(), now() + interval '1 hour', now())`,
      `insert into passkey_ceremony values ('${id}', 'confirm', '${id}', 'challenge', now() + interval '1 hour')`,
      `insert into failed_sign_in values (${HASH(`failed ${id}`)}, 1, now())`,
      `insert into sign_in_attempt (key, points) values ('${id}', 1)`,
      `insert into sign_in_provider (id, name, issuer, client_id, client_secret_name, added_at)
       values ('${id}', 'The Council', 'https://${id}.example', 'outturn', 'OIDC_SECRET_X', now())`,
      `insert into sign_in_provider_domain values ('${id}.example', '${id}')`,
      `insert into provider_identity values ('${randomUUID()}', '${personId}', '${id}', 'https://${id}.example', 's', now())`,
      `insert into provider_visit values (${HASH(`visit ${id}`)}, '${id}', null, 'sealed', now() + interval '1 hour')`,
    ])
      await tx.query(sql);
  });
}
