import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Statements as they were issued, and which of them first took account of each approved line. What has been published is
 * kept as it was: it is what later statements are controlled against, and asked for again it is the same, byte for byte.
 */
export class IssuedStatements1790000008000 implements MigrationInterface {
  name = 'IssuedStatements1790000008000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table issued_statement (
        contract_id uuid not null references contract,
        number integer not null check (number > 0),
        period_id text not null,
        document text not null,
        issued_by uuid not null references person,
        issued_at timestamptz not null,
        primary key (contract_id, number)
      );
      comment on column issued_statement.document is 'JSON, as text: the bytes are what was issued';
      create trigger issued_statement_append_only before update or delete or truncate on issued_statement
        execute function refuse_change();

      create table issued_line (
        computation_id uuid not null,
        line_no integer not null,
        contract_id uuid not null,
        number integer not null,
        primary key (computation_id, line_no),
        foreign key (computation_id, line_no) references payment_line,
        foreign key (contract_id, number) references issued_statement
      );
      comment on table issued_line is 'the statement that first took account of an approved line, whether it showed it or held it back';
      create trigger issued_line_append_only before update or delete or truncate on issued_line
        execute function refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table issued_line, issued_statement');
  }
}
