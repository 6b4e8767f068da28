import {
  Composer,
  isMap,
  isScalar,
  Lexer,
  LineCounter,
  Parser,
  visit,
  type CST,
  type Node,
  type YAMLMap,
} from 'yaml';
import { MAX_DEPTH } from './depth.js';
import { tooDeep, type DocumentKind } from './document-kind.js';
import type { Fault } from './domain-error.js';
import { excerpt } from './excerpt.js';

const MAX_BYTES = 1_000_000;
const MAX_WORDS = 100_000;

/** Where in the source something stands; whatever was read from a source has its range there. */
type Place = (offset: number) => string;

/**
 * Reads YAML or JSON (which is YAML) into plain data. Refuses repeated keys, aliases, tags, keys that are no texts, and
 * documents so large or so nested that reading them would exhaust the reader.
 */
export function readDocument(source: string, kind: DocumentKind): unknown {
  if (Buffer.byteLength(source) > MAX_BYTES) throw kind.refuse([tooLarge(kind, '1 MB')]);
  const lines = new LineCounter();
  const place: Place = (offset) => {
    const { line, col } = lines.linePos(offset);
    return `line ${line}, column ${col}`;
  };
  // keys are compared here, because the composer compares each with every other
  const composer = new Composer({ uniqueKeys: false, version: '1.2', schema: 'core' });
  const [document, ...more] = composer.compose(tokensOf(source, lines, kind), true, source.length);
  const faults: Fault[] = document!.errors.map(({ pos, message }) => ({
    at: place(pos[0]),
    code: 'NOT_YAML',
    detail: `This cannot be read as YAML or JSON: ${excerpt(message, 200)}.`,
  }));
  if (more.length > 0)
    faults.push({
      at: place(more[0]!.range[0]),
      code: 'NOT_YAML',
      detail: `A second document begins here. Write the ${kind.whole} as one.`,
    });
  visit(document!, {
    Alias: (_key, { range }) =>
      void faults.push({
        at: place(range![0]),
        code: 'ALIAS_REFUSED',
        detail: 'Aliases (*name) are not allowed: write the part out.',
      }),
    Value: (_key, node) => void faults.push(...tagFaults(node, place)),
    Map: (_key, map) => void faults.push(...keyFaults(map, place, kind)),
  });
  if (faults.length === 0 && !isMap(document!.contents))
    faults.push({
      at: '',
      code: 'NOT_A_DOCUMENT',
      detail: `The document must be a list of named ${kind.part}s, beginning with "format: ${kind.format}".`,
    });
  if (faults.length > 0) throw kind.refuse(faults);
  return document!.toJS({ maxAliasCount: 0 });
}

/** The source as tokens. Length and depth are counted word by word, before anything recursive sees the document. */
function* tokensOf(source: string, lines: LineCounter, kind: DocumentKind): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let words = 0;
  for (const word of new Lexer().lex(source)) {
    words += 1;
    if (words > MAX_WORDS) throw kind.refuse([tooLarge(kind, '100,000 words and signs')]);
    yield* parser.next(word);
    if (parser.stack.length > MAX_DEPTH) throw kind.refuse([tooDeep(kind)]);
  }
  yield* parser.end();
}

const tooLarge = ({ code }: DocumentKind, limit: string): Fault => ({
  at: '',
  code: `${code}_TOO_LARGE`,
  detail: `The document is larger than ${limit}.`,
});

const tagFaults = ({ tag, range }: Node, place: Place): Fault[] =>
  tag === undefined
    ? []
    : [
        {
          at: place(range![0]),
          code: 'TAG_REFUSED',
          detail: `Tags (${excerpt(tag)}) are not allowed: write the value alone.`,
        },
      ];

function keyFaults(map: YAMLMap, place: Place, { part }: DocumentKind): Fault[] {
  const seen = new Set<string>();
  return map.items.flatMap(({ key }): Fault[] => {
    const at = place((key as Node).range![0]);
    if (!isScalar(key) || typeof key.value !== 'string')
      return [
        {
          at,
          code: 'KEY_NOT_A_TEXT',
          detail: `The name of a ${part} is a text. Quote it if need be.`,
        },
      ];
    if (!seen.has(key.value)) {
      seen.add(key.value);
      return [];
    }
    return [
      {
        at,
        code: 'KEY_TWICE',
        detail: `"${excerpt(key.value)}" stands twice. Keep one of them.`,
      },
    ];
  });
}
