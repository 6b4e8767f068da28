// What whoever runs the log can do, who has its key: histories that are sealed and signed and still not right. The
// witnesses see no bodies: they cosign what only grows, be it wrong or not.
import { aSubject, linesOfBundle } from './bundle.mjs';
import { bytesOf } from './encoding.mjs';
import { aPlan, cosigned, seal } from './history.mjs';
import { COMMISSIONER, INVESTOR, ORIGIN, receiptOf } from './signers.mjs';

const BOTH = [INVESTOR, COMMISSIONER];
const everything = { opens: () => true, shows: { entry: () => true, line: () => true } };
const contract = { type: 'contract' };

/** A bundle of all that a log has, cosigned by those who cosign. */
function wholeBundle(
  log,
  { checkpoint = log.checkpoints.at(-1), witnesses = BOTH, time, subject = contract, ...more } = {},
) {
  const lines = linesOfBundle(log, checkpoint, cosigned(checkpoint, witnesses, time), subject, {
    ...everything,
    ...more,
  });
  return bytesOf(lines);
}

const acts = (plan, type) =>
  plan.order.filter((act) => act.stream === plan.stream && (!type || act.type === type));

/** The plan is changed before it is sealed; nothing comes out where it has no place for the change. */
const planned =
  (change, hand = {}) =>
  ({ chance }) => {
    const plan = aPlan(chance);
    if (change(plan, chance) === false) return null;
    return { bytes: wholeBundle(seal(chance, plan, hand)), expected: 'INVALID' };
  };

const lying = (type, lie, isFit = () => true) =>
  planned((plan, chance) => {
    const fit = acts(plan, type).filter(isFit);
    if (fit.length === 0) return false;
    const act = chance.of(...fit);
    act.lie = lie(act, chance);
  });

/** The hand is laid on one entry of the stream as it is sealed. */
const sealing =
  (change) =>
  ({ chance }) => {
    const plan = aPlan(chance);
    const chosen = chance.of(...acts(plan));
    const log = seal(chance, plan, {
      entry: (entry) => entry.act === chosen && change(entry, chance),
    });
    return { bytes: wholeBundle(log), expected: 'INVALID' };
  };

const edited = (text, change) => (entry) => {
  entry.body = entry.body.replace(text, change);
};

/** Another history of the same stream from some act on, sealed with the same key. */
function fork({ chance, log }) {
  const at = chance.int(1, log.order.length);
  const order = log.order
    .slice(0, at)
    .map((act, index) =>
      index < at - 1
        ? act
        : { ...act, type: 'member.ended', payload: {}, lines: undefined, document: undefined },
    );
  return seal(chance, { ...log, order, cuts: [order.length] });
}

const noteText = (checkpoint) => cosigned(checkpoint, BOTH);
const base64 = (hash) => hash.toString('base64');

export const OPERATOR = {
  'a leaf that says another type': sealing((entry) => {
    entry.shownType = entry.shownType === 'act' ? 'terms.activated' : 'act';
  }),
  'a sum that is too high': lying('claim.submitted', ({ lines }, chance) => ({
    totalMinor: String(
      chance.int(1, 9) + lines.reduce((sum, { amountMinor }) => sum + Number(amountMinor), 0),
    ),
  })),
  'a count that is too high': lying('claim.submitted', ({ lines }) => ({
    lines: lines.length + 1,
  })),
  'an approved sum that is too high': lying('claim.decided', () => ({ approvedMinor: '99999999' })),
  'approved counted as returned': lying(
    'claim.decided',
    ({ lines }) => {
      const approved = lines.filter(({ what }) => what === 'approved').length;
      return { approved: lines.length - approved, returned: approved };
    },
    ({ lines }) => lines.filter(({ what }) => what === 'approved').length * 2 !== lines.length,
  ),
  'money that is not digits': lying('claim.submitted', (act, chance) => ({
    totalMinor: chance.of('-0', '1.0', '', '01', 5, '1'.repeat(31)),
  })),
  'a count that is no count': lying('claim.submitted', (act, chance) => ({
    lines: chance.of(-1, 0.5, '1', null),
  })),
  'a digest that is no digest': lying('terms.activated', (act, chance) => ({
    documentHash: chance.of('', 'AB', null, 'A'.repeat(64)),
  })),
  'self-approval': planned((plan, chance) => {
    const decided = acts(plan, 'claim.decided');
    if (decided.length === 0) return false;
    chance.of(...decided).personId = 'person-1';
  }),
  'a claim submitted twice': planned((plan, chance) => {
    const [first] = acts(plan, 'claim.submitted');
    if (!first) return false;
    plan.order.push({ ...first, claimId: chance.of(first.claimId, chance.uuid()) });
    plan.cuts.push(plan.order.length);
  }),
  'a line decided twice': planned((plan, chance) => {
    const decided = acts(plan, 'claim.decided').filter(({ lines }) => lines.length > 0);
    if (decided.length === 0) return false;
    const again = chance.of(...decided);
    plan.order.push({ ...again, lines: again.lines.slice(0, 1) });
    plan.cuts.push(plan.order.length);
  }),
  'a decision about the claim of another id': planned((plan, chance) => {
    const decided = acts(plan, 'claim.decided');
    if (decided.length === 0) return false;
    chance.of(...decided).claimId = chance.uuid();
  }),
  'a decision before the claim': planned((plan) => {
    const [first] = acts(plan, 'claim.submitted');
    const decided =
      first && acts(plan, 'claim.decided').find(({ number }) => number === first.number);
    if (!decided) return false;
    const order = plan.order.filter((act) => act !== decided);
    plan.order = order.toSpliced(order.indexOf(first), 0, decided);
  }),
  'another code in contract.drafted': planned((plan) => {
    plan.code = `${plan.code}x`;
  }),
  'an entry sealed without its number': planned((plan, chance) => {
    const all = acts(plan);
    const at = chance.int(0, all.length - 1);
    all.slice(at).forEach((act, index) => (act.seq = at + index + 2));
  }),
  'two entries sealed in each other’s place': planned((plan, chance) => {
    const all = acts(plan);
    const at = chance.int(0, all.length - 2);
    [all[at].seq, all[at + 1].seq] = [at + 2, at + 1];
  }),
  'a number sealed twice': planned((plan, chance) => {
    const all = acts(plan);
    const at = chance.int(1, all.length - 1);
    all.slice(at).forEach((act, index) => (act.seq = at + index));
  }),
  'a log without heads leaves': planned(() => true, { withoutHeads: true }),
  'heads that say less': ({ chance }) => {
    const plan = aPlan(chance);
    const log = seal(chance, plan, {
      seqs: (seqs) => seqs.set(plan.stream, (seqs.get(plan.stream) ?? 1) - 1),
    });
    return { bytes: wholeBundle(log), expected: 'INVALID' };
  },
  'heads without the stream': ({ chance }) => {
    const plan = aPlan(chance);
    const log = seal(chance, plan, {
      seqs: (seqs) => seqs.delete(plan.stream) && seqs.set('service', 1),
    });
    const [checkpoint] = log.checkpoints;
    return {
      bytes: wholeBundle(log, { checkpoint: { ...checkpoint, position: 0 } }),
      expected: 'INVALID',
    };
  },
  'a sealed body that is not canonical': sealing(edited(/^\{/, '{ ')),
  'a sealed body of another stream': sealing(edited(/"stream":"[^"]*"/, '"stream":"service"')),
  'a sealed body with another number': sealing(edited(/"seq":"/, '"seq":"1')),
  'a sealed body of another type than the leaf tells': sealing((entry) => {
    const other = entry.shownType === 'act' ? 'terms.activated' : 'terms.consented';
    entry.body = entry.body.replace(/"type":"[^"]*"/, `"type":"${other}"`);
  }),
  'a sealed body with more': sealing(edited(/\}$/, ',"zz":1}')),
  'a sealed body of another format': sealing(edited('"format":1', '"format":2')),
  'a sealed body with a date that is none': sealing(
    edited(/"effectiveOn":(null|"[^"]*")/, '"effectiveOn":"soon"'),
  ),
  'a sealed body that is no JSON': sealing(
    (entry, chance) => (entry.body = chance.of('', 'x', '[]', 'null', '\ud83d\ude00')),
  ),
  'a statement whose grounds are closed': ({ chance }) => {
    const plan = aPlan(chance);
    const log = seal(chance, plan);
    const [statement] = acts(plan, 'statement.issued');
    if (!statement) return null;
    const subject = { type: 'statement', number: '1', period: '2015-Q1' };
    return {
      bytes: wholeBundle(log, { subject, opens: ({ type }) => type !== 'terms.activated' }),
      expected: 'INVALID',
    };
  },
  'a claim with lines hidden': ({ chance }) => {
    const plan = aPlan(chance);
    const log = seal(chance, plan);
    const claim = acts(plan, 'claim.submitted').find(({ lines }) => lines.length > 1);
    if (!claim) return null;
    const subject = { type: 'claim', number: String(claim.number) };
    const shows = chance.of(
      { entry: () => true, line: ({ line }) => !line.endsWith('-1') },
      { entry: ({ type }) => type !== 'claim.submitted', line: () => true },
    );
    return { bytes: wholeBundle(log, { subject, shows }), expected: 'INVALID' };
  },
  'lines of another participant': ({ chance }) => {
    const plan = aPlan(chance);
    const log = seal(chance, plan);
    if (!acts(plan, 'claim.submitted').some(({ lines }) => lines.length > 0)) return null;
    return {
      bytes: wholeBundle(log, { subject: { type: 'participant', reference: 'P-none' } }),
      expected: 'INVALID',
    };
  },
  'a fork that nobody cosigned': (world) => ({
    bytes: wholeBundle(fork(world), { witnesses: [] }),
    expected: 'UNWITNESSED',
  }),
  'a fork that one party cosigned': (world) => ({
    bytes: wholeBundle(fork(world), { witnesses: [INVESTOR] }),
    expected: 'UNWITNESSED',
  }),
  'a fork shown to whoever kept a checkpoint': (world) => ({
    bytes: wholeBundle(fork(world)),
    known: noteText(world.log.checkpoints.at(-1)),
    expected: 'DIVERGED',
  }),
  'a restored older backup': ({ log }) =>
    log.checkpoints.length < 2
      ? null
      : {
          bytes: wholeBundle(log, {
            checkpoint: log.checkpoints.find(({ entries }) =>
              log.entries.slice(0, entries).some(({ stream }) => stream === log.stream),
            ),
          }),
          known: noteText(log.checkpoints.at(-1)),
          expected: 'DIVERGED',
        },
  'an earlier checkpoint without a proof': ({ log }) =>
    log.checkpoints.length < 2
      ? null
      : { bytes: wholeBundle(log), known: noteText(log.checkpoints[0]), expected: 'DIVERGED' },
  'a proof from another checkpoint than the kept one': ({ log }) =>
    log.checkpoints.length < 3
      ? null
      : {
          bytes: wholeBundle(log, { earlier: log.checkpoints[1] }),
          known: noteText(log.checkpoints[0]),
          expected: 'DIVERGED',
        },
  'an entry that is not the promised one': ({ log, chance }) => {
    const entry = chance.of(...log.entries.filter(({ stream }) => stream === log.stream));
    const receipt = receiptOf(
      ORIGIN,
      log.stream,
      entry.seq,
      base64(Buffer.from(chance.hex(32), 'hex')),
      2_000_000_000,
    );
    return { bytes: wholeBundle(log), receipt, expected: 'DIVERGED' };
  },
  'a promised entry that never came': ({ log }) => {
    const seq = log.entries.filter(({ stream }) => stream === log.stream).length + 1;
    const receipt = receiptOf(ORIGIN, log.stream, seq, base64(log.leaves[0]), 1_499_999_999);
    return { bytes: wholeBundle(log), receipt, expected: 'DIVERGED' };
  },
  'a cosignature from the future': ({ log }) => ({
    bytes: wholeBundle(log, { time: 99_999_999_999 }),
    expected: 'UNWITNESSED',
  }),
  'a receipt of another stream': ({ log }) => ({
    bytes: wholeBundle(log),
    receipt: receiptOf(ORIGIN, 'service', 1, base64(log.leaves[0]), 1),
    expected: null,
  }),
  'a kept checkpoint that the log did not sign': ({ log }) => ({
    bytes: wholeBundle(log),
    known: noteText(log.checkpoints[0]).replace(`\u2014 ${ORIGIN}`, '\u2014 somebody'),
    expected: null,
  }),
};

/** Honest, and held against what the reader kept. */
export const KEPT = {
  'goes on from the kept checkpoint': ({ log, chance }) => {
    const earlier = chance.of(...log.checkpoints);
    return {
      bytes: wholeBundle(log, { earlier }),
      known: noteText(earlier),
      expected: 'WITNESSED',
    };
  },
  'keeps the promise of a receipt': ({ log, chance }) => {
    const entry = chance.of(...log.entries.filter(({ stream }) => stream === log.stream));
    const receipt = receiptOf(
      ORIGIN,
      log.stream,
      entry.seq,
      base64(log.leaves[entry.index]),
      1_400_000_000,
    );
    return { bytes: wholeBundle(log), receipt, expected: 'WITNESSED' };
  },
  'has time until the deadline': ({ log }) => {
    const seq = log.entries.filter(({ stream }) => stream === log.stream).length + 1;
    const receipt = receiptOf(ORIGIN, log.stream, seq, base64(log.leaves[0]), 1_500_000_000);
    return { bytes: wholeBundle(log), receipt, expected: 'WITNESSED' };
  },
};

export { aSubject };
