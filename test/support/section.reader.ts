import type { Section } from '../../src/domain/term-sheet/sheet.js';

/** A section of a term sheet as it is read: its heading, then every sentence, step and row of a table in order. */
export const saidIn = ({ heading, blocks }: Section): string[] => [
  heading,
  ...blocks.flatMap((block) => {
    switch (block.kind) {
      case 'sentences':
        return block.items;
      case 'steps':
        return block.items.map((item, index) => `${index + 1}. ${item}`);
      case 'table':
        return [block.head, ...block.rows].map((row) => row.join(' | '));
    }
  }),
];
