// The lines of a bundle about one subject, as an honest exporter writes them.
import { ORIGIN } from './signers.mjs';

const entryLine = ({ index, seq, shownType, commitment, salt, body }, isOpened) => ({
  kind: 'entry',
  index: String(index),
  seq,
  type: shownType,
  commitment,
  ...(isOpened ? { salt, body } : {}),
});

/** Leaves from the first to the last: what `shown` has, and gaps between. */
function cover(tree, end, shown) {
  const lines = [];
  let next = 0;
  for (const [index, line] of shown) {
    if (index > next) lines.push(tree.gap(next, index));
    lines.push(line);
    next = index + 1;
  }
  if (next < end) lines.push(tree.gap(next, end));
  return lines;
}

export function headLine({ size, leaf, position, hashes }) {
  return { kind: 'head', index: String(size - 1), leaf, position: String(position), hashes };
}

function consistencyLine(tree, { size, root }) {
  const hashes = tree.proof(size).map((hash) => hash.toString('base64'));
  return { kind: 'consistency', fromSize: String(size), fromRoot: root, hashes };
}

/** Lines without the end line. `opens` and `shows` say which entries are opened and which payment lines are shown. */
export function linesOfBundle(log, checkpoint, note, subject, { earlier, opens, shows }) {
  const entries = log.entries.filter(
    ({ stream, at }) => stream === log.stream && at < checkpoint.entries,
  );
  const opened = entries.filter(opens);
  const shown = entries.map((entry) => [entry.index, entryLine(entry, opened.includes(entry))]);
  return [
    {
      kind: 'bundle',
      format: 'outturn-bundle/v2',
      origin: ORIGIN,
      contract: log.code,
      stream: log.stream,
      subject,
    },
    { kind: 'checkpoint', note },
    ...(earlier ? [consistencyLine(checkpoint.tree, earlier)] : []),
    ...cover(checkpoint.tree, checkpoint.size - 1, shown),
    headLine(checkpoint),
    ...opened.filter(({ type }) => type === 'terms.activated').map(termsLine),
    ...opened
      .filter((entry) => isSubjectStatement(entry, subject))
      .map(({ act }) => ({ kind: 'statement', document: act.document })),
    ...opened
      .filter((entry) => entry.sealed && shows.entry(entry))
      .flatMap((entry) => linesOfEntry(entry, shows)),
  ];
}

const termsLine = ({ act }) => ({
  kind: 'terms',
  number: String(act.number),
  document: act.document,
});
const isSubjectStatement = ({ type, act }, subject) =>
  type === 'statement.issued' &&
  subject.type === 'statement' &&
  String(act.number) === subject.number;

function linesOfEntry({ seq, sealed, tree }, shows) {
  const shown = sealed
    .map(({ salt, body, line }, index) => [
      index,
      { kind: 'line', index: String(index), salt, body },
      line,
    ])
    .filter(([, , line]) => shows.line(line));
  return [{ kind: 'lines', entry: seq, size: String(tree.size) }, ...cover(tree, tree.size, shown)];
}

/** A subject that the history has, with what an exporter opens for it. */
export function aSubject(chance, log, checkpoint) {
  const entries = log.entries.filter(
    ({ stream, at }) => stream === log.stream && at < checkpoint.entries,
  );
  const claims = entries.filter(({ type }) => type === 'claim.submitted');
  const statements = entries.filter(({ type }) => type === 'statement.issued');
  const withLines = claims.filter(({ act }) => act.lines.length > 0);
  const type = chance.of(
    'contract',
    'participant',
    ...(claims.length > 0 ? ['claim', 'claim'] : []),
    ...(statements.length > 0 ? ['statement', 'statement'] : []),
    ...(withLines.length > 0 ? ['line'] : []),
  );
  const everything = { entry: () => true, line: () => true };
  if (type === 'contract') {
    const [more, some] = [chance.int(0, 100), chance.int(0, 100)];
    const salt = chance.int(1, 7);
    const keeps = (text, share) =>
      (text.length * 31 * salt + (text.charCodeAt(text.length - 1) || 0) * 17) % 100 < share;
    const shows = { entry: ({ seq }) => keeps(seq, 50), line: ({ line }) => keeps(line, some) };
    return {
      subject: { type },
      opens: ({ type: of, body }) => of === 'contract.drafted' || keeps(body, more),
      shows,
    };
  }
  if (type === 'participant') {
    const reference = `P-${chance.int(1, 4)}`;
    return {
      subject: { type, reference },
      opens: ({ sealed }) => sealed !== undefined,
      shows: { ...everything, line: ({ subject }) => subject === reference },
    };
  }
  if (type === 'statement') {
    const { act } = chance.of(...statements);
    const subject = { type, number: String(act.number), period: `2015-Q${act.number}` };
    return { subject, opens: () => true, shows: everything };
  }
  const { act } = chance.of(...(type === 'line' ? withLines : claims));
  const isOfClaim = (entry) => entry.act.claimId === act.claimId;
  if (type === 'claim')
    return { subject: { type, number: String(act.number) }, opens: isOfClaim, shows: everything };
  const { line } = chance.of(...act.lines);
  const has = ({ sealed }) => sealed.some((one) => one.line.line === line);
  return {
    subject: { type, line },
    opens: isOfClaim,
    shows: { entry: has, line: (one) => one.line === line },
  };
}
