import { chainHash, encodeAct, NO_HASH, type AuditAct } from './entry.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const FIRST: AuditAct<'person.created'> = {
  stream: 'service',
  seq: 1n,
  type: 'person.created',
  personId: null,
  duty: 'service',
  party: null,
  recordedAt: '2015-06-02T09:30:00.000Z',
  effectiveOn: null,
  payload: { personId: '0195f3d2-7c1e-7000-8000-000000000001', isAdministrator: true },
};

const SECOND: AuditAct<'computation.computed'> = {
  stream: '0195f3d2-7c1e-7000-8000-0000000000aa',
  seq: 9_007_199_254_740_993n,
  type: 'computation.computed',
  personId: '0195f3d2-7c1e-7000-8000-000000000001',
  duty: 'provider',
  party: 'Age UK Worcestershire — "Reconnections" €',
  recordedAt: '2015-12-31T23:59:59.999Z',
  effectiveOn: '2015-12-10',
  payload: {
    computationId: '0195f3d2-7c1e-7000-8000-0000000000bb',
    number: 3,
    lines: 6000,
    totalMinor: '132000',
    currency: 'GBP',
    digest: 'ab'.repeat(32),
  },
};

// These vectors are checked in so that nobody changes the format by accident: whoever verifies a trail with a program of
// their own relies on them. Computed once with Python's json and hashlib, not with this code.
const FIRST_BODY =
  '{"duty":"service","effectiveOn":null,"format":1,"party":null,"payload":{"isAdministrator":true,"personId":"0195f3d2-7c1e-7000-8000-000000000001"},"personId":null,"recordedAt":"2015-06-02T09:30:00.000Z","seq":"1","stream":"service","type":"person.created"}';
const FIRST_HASH = 'de45bfacb6960146dda5b944f95995d8a489ed2c288de0fc2408ad6cd91c3caa';
const SECOND_BODY =
  '{"duty":"provider","effectiveOn":"2015-12-10","format":1,"party":"Age UK Worcestershire — \\"Reconnections\\" €","payload":{"computationId":"0195f3d2-7c1e-7000-8000-0000000000bb","currency":"GBP","digest":"abababababababababababababababababababababababababababababababab","lines":6000,"number":3,"totalMinor":"132000"},"personId":"0195f3d2-7c1e-7000-8000-000000000001","recordedAt":"2015-12-31T23:59:59.999Z","seq":"9007199254740993","stream":"0195f3d2-7c1e-7000-8000-0000000000aa","type":"computation.computed"}';
const SECOND_HASH = 'a272f3ba09abaf04a0e1de518deabef4e3c255ed4d09ba82783dbee627ee8230';

describe('golden vectors of the audit trail', () => {
  it('encodes an act as its canonical text', () => {
    expect(encodeAct(FIRST)).toBe(FIRST_BODY);
    expect(encodeAct(SECOND)).toBe(SECOND_BODY);
  });

  it('chains the hash of an act to the one before', () => {
    const first = chainHash(NO_HASH, FIRST_BODY);
    expect(hex(first)).toBe(FIRST_HASH);
    expect(hex(chainHash(first, SECOND_BODY))).toBe(SECOND_HASH);
  });

  it('covers every field: changing any one changes the text', () => {
    const changes: Partial<AuditAct>[] = [
      { stream: 'other' },
      { seq: 2n },
      { type: 'api-key.revoked' },
      { personId: 'x' },
      { duty: 'x' },
      { party: 'x' },
      { recordedAt: '2015-06-02T09:30:00.001Z' },
      { effectiveOn: '2015-06-02' },
      { payload: { ...FIRST.payload, isAdministrator: false } },
    ];
    const texts = changes.map((change) => encodeAct({ ...FIRST, ...change }));
    expect(new Set([...texts, FIRST_BODY]).size).toBe(changes.length + 1);
  });
});
