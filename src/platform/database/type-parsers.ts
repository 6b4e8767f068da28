import pg from 'pg';

const { builtins, setTypeParser } = pg.types;
const DATE_ARRAY = 1182 as number as never;
const TEXT_ARRAY = 1009 as number as never;
const asText = (text: string): string => text;

/**
 * Money and dates come out of the database as the texts they are: int8 and numeric would lose digits as numbers, and a
 * civil date would gain a time zone as a Date. Called once, by the data source.
 */
export function keepExactTypesAsText(): void {
  setTypeParser(builtins.INT8, asText);
  setTypeParser(builtins.NUMERIC, asText);
  setTypeParser(builtins.DATE, asText);
  setTypeParser(DATE_ARRAY, pg.types.getTypeParser(TEXT_ARRAY) as (text: string) => string[]);
}
