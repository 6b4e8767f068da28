import { termsJsonSchema } from '../domain/contract-terms/json-schema.js';
import { subcommand, type AddCommand } from './command.js';

/** `outturn contract schema`: the JSON Schema of a terms document, for editors and for looking a term up. */
export const contractSchema: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'schema').description(
    'print the JSON Schema of a terms document, which describes every term',
  );
  made.action(() => terminal.out(`${JSON.stringify(termsJsonSchema(), null, 2)}\n`));
};
