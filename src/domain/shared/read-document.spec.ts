import { Lexer } from 'yaml';
import type { DocumentKind } from './document-kind.js';
import { DomainError, type Fault } from './domain-error.js';
import { readDocument } from './read-document.js';

class RecipeRefused extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({ code: 'RECIPE_REFUSED', kind: 'invalid', detail: 'The recipe has faults.', faults });
  }
}
const RECIPE: DocumentKind = {
  whole: 'recipe',
  part: 'step',
  code: 'RECIPE',
  format: 'recipe/1',
  refuse: (faults) => new RecipeRefused(faults),
};

const faultsIn = (source: string): string[] => {
  try {
    readDocument(source, RECIPE);
  } catch (error) {
    if (!(error instanceof RecipeRefused)) throw error;
    return error.faults.map(({ at, code, detail }) => `${at || 'whole'} ${code} ${detail}`);
  }
  return [];
};

describe('a document that cannot be read', () => {
  it.each<[string, string, string[]]>([
    [
      'is two in one',
      'a: 1\n---\nb: 2\n',
      ['line 2, column 1 NOT_YAML A second document begins here. Write the recipe as one.'],
    ],
    [
      'is cut off',
      'a: [',
      [
        'line 1, column 5 NOT_YAML This cannot be read as YAML or JSON: ' +
          'Flow sequence in block collection must be sufficiently indented and end with a ].',
      ],
    ],
    [
      'says one part by another',
      'a: &x 1\nb: *x\n',
      ['line 2, column 4 ALIAS_REFUSED Aliases (*name) are not allowed: write the part out.'],
    ],
    [
      'has a tag, which may call a program',
      'a: !run 1\n',
      ['line 1, column 9 TAG_REFUSED Tags (!run) are not allowed: write the value alone.'],
    ],
    [
      'names a part by a number',
      'a: 1\n2: b\n',
      ['line 2, column 1 KEY_NOT_A_TEXT The name of a step is a text. Quote it if need be.'],
    ],
    [
      'names a part by a list',
      '? [a]\n: 1\n',
      ['line 1, column 3 KEY_NOT_A_TEXT The name of a step is a text. Quote it if need be.'],
    ],
    [
      'leaves a name out',
      ': 1\n',
      ['line 1, column 1 KEY_NOT_A_TEXT The name of a step is a text. Quote it if need be.'],
    ],
    [
      'says a part twice',
      'a:\n  b: 1\n  b: 2\n',
      ['line 3, column 3 KEY_TWICE "b" stands twice. Keep one of them.'],
    ],
    [
      'is a list',
      '- a\n',
      [
        'whole NOT_A_DOCUMENT The document must be a list of named steps, ' +
          'beginning with "format: recipe/1".',
      ],
    ],
    [
      'is a list with a tag: only what its author can mend first',
      '- !run a\n',
      ['line 1, column 8 TAG_REFUSED Tags (!run) are not allowed: write the value alone.'],
    ],
  ])('%s', (_what, source, faults) => expect(faultsIn(source)).toEqual(faults));

  it('lists every fault in the order of the kinds of fault and of the source', () => {
    expect(faultsIn('a: &x 1\nb: *x\nc: !run 1\n')).toEqual([
      'line 2, column 4 ALIAS_REFUSED Aliases (*name) are not allowed: write the part out.',
      'line 3, column 9 TAG_REFUSED Tags (!run) are not allowed: write the value alone.',
    ]);
  });
});

describe('a document at the limit of what is read', () => {
  /** A document of so many bytes. */
  const ofBytes = (bytes: number) => `a: "${'x'.repeat(bytes - 5)}"`;
  it('has a million bytes and not one more', () => {
    expect(faultsIn(ofBytes(1_000_000))).toEqual([]);
    expect(faultsIn(ofBytes(1_000_001))).toEqual([
      'whole RECIPE_TOO_LARGE The document is larger than 1 MB.',
    ]);
  });

  it('counts bytes, not signs: a pound sign has two', () => {
    expect(faultsIn(`a: "${'£'.repeat(499_998)}"`)).toEqual([
      'whole RECIPE_TOO_LARGE The document is larger than 1 MB.',
    ]);
  });

  it('has a hundred thousand words and signs and not one more', () => {
    const list = `a: [1${',1'.repeat(30_000)}]`;
    const words = (source: string) => [...new Lexer().lex(source)].length;
    const ofWords = (many: number) => list + '\n'.repeat(many - words(list));
    expect(words(ofWords(100_000))).toBe(100_000);
    expect(faultsIn(ofWords(100_000))).toEqual([]);
    expect(faultsIn(ofWords(100_001))).toEqual([
      'whole RECIPE_TOO_LARGE The document is larger than 100,000 words and signs.',
    ]);
  });

  it('is nested as deeply as data may be, in brackets or by indentation', () => {
    const brackets = (levels: number) => `a: ${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(faultsIn(brackets(98))).toEqual([]);
    expect(faultsIn(brackets(99))).toEqual([
      'whole RECIPE_TOO_DEEP The document is nested too deeply. Write its parts side by side.',
    ]);
  });
});
