import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transaction.js';

/** The contracts a key may be narrowed to. */
@Injectable()
export class KeyScopesRepository {
  /** The ids of those of the contracts in which the person has a part at present (any, for an administrator), by code. */
  async contractsOf(
    tx: Transaction,
    personId: string,
    codes: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    const rows = await tx.query<{ code: string; id: string }>(
      `select c.code, c.id from contract c join person p on p.id = $1
        where c.code = any($2) and (p.is_administrator or exists (
          select 1 from membership m where m.contract_id = c.id and m.person_id = p.id and m.ended_at is null))
        order by c.code`,
      [personId, codes],
    );
    return new Map(rows.map(({ code, id }) => [code, id]));
  }
}
