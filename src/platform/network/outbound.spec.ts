import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isInside } from './inside-addresses.js';
import { outboundFetch } from './outbound-fetch.js';
import { OutboundRefused, standingOf } from './outbound-hosts.js';

describe('an address', () => {
  it.each([
    ...['127.0.0.1', '127.255.0.3', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255'],
    ...[
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...['::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12:3456::1', 'ff02::1', 'fec0::1'],
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1', '64:ff9b::7f00:1'],
    ...['2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', '5f00::1', '010.0.0.1', '1.2.3', 'x'],
  ])('of an inside network is %s', (address) => expect(isInside(address)).toBe(true));

  it.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.0.1', '2606:4700::1111', '2a00:1450::1'])(
    'of the public is %s',
    (address) => expect(isInside(address)).toBe(false),
  );
});

describe('a host', () => {
  const hosts = {
    hosts: ['login.example', '*.idp.example', '10.0.0.7', '8.8.8.8', '[::1]'],
    inside: ['localhost', '10.0.0.8'],
  };
  it.each([
    ['login.example', 'public'],
    ['LOGIN.example.', 'public'],
    ['a.b.idp.example', 'public'],
    ['8.8.8.8', 'public'],
    ['localhost', 'inside'],
    ['10.0.0.8', 'inside'],
    ['idp.example', 'refused'],
    ['evilidp.example', 'refused'],
    ['login.example.evil.example', 'refused'],
    ['sub.localhost', 'refused'],
    ['10.0.0.7', 'refused'], // listed, and not as one of the inside
    ['[::1]', 'refused'],
    ['', 'refused'],
  ])('%j stands as %s', (host, standing) => expect(standingOf(host, hosts)).toBe(standing));
});

describe('a call', () => {
  let server: Server;
  let port: number;
  let asked: string[];
  let answer: RequestListener;
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url!);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  beforeEach(() => {
    asked = [];
    answer = (_, response) => response.end('{}');
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const get = { method: 'GET', headers: {} };
  const listed = { hosts: ['idp.example'], inside: ['localhost'] };
  /** A name server that leads each name, in turn, to the next of these. */
  function leadingTo(...answers: readonly (readonly string[])[]) {
    const questions: string[] = [];
    const lookup = ((
      name: string,
      options: { all?: boolean },
      told: (...found: unknown[]) => void,
    ) => {
      const addresses = answers[Math.min(questions.length, answers.length - 1)]!;
      questions.push(name);
      const found = addresses.map((address) => ({
        address,
        family: address.includes(':') ? 6 : 4,
      }));
      if (options.all) told(null, found);
      else told(null, found[0]!.address, found[0]!.family);
    }) as never;
    return { lookup, questions };
  }
  const refusal = (call: Promise<Response>): Promise<unknown> =>
    call.then(
      (response) => response.status,
      (error: unknown) => error,
    );

  it.each([
    [['127.0.0.1']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['169.254.169.254']],
    [['8.8.8.8', '127.0.0.1']],
    [[]],
  ])('is not made where a public name leads to %j', async (addresses) => {
    const { lookup } = leadingTo(addresses);
    const call = outboundFetch(listed, lookup)(`http://idp.example:${port}/`, get);
    expect(await refusal(call)).toBeInstanceOf(OutboundRefused);
    expect(asked).toEqual([]);
  });

  it('goes to the very address that was judged: a name is asked for once for each connection', async () => {
    const { lookup, questions } = leadingTo(['127.0.0.1'], ['192.0.2.1']);
    const inside = outboundFetch({ hosts: [], inside: ['idp.example'] }, lookup);
    const response = await inside(`http://idp.example:${port}/here`, get);
    expect([response.status, asked, questions]).toEqual([200, ['/here'], ['idp.example']]);
    // and what leads to the public first and inside then is judged anew with each connection
    const turned = leadingTo(['127.0.0.1']);
    const call = outboundFetch(listed, turned.lookup)(`http://idp.example:${port}/`, get);
    expect(await refusal(call)).toBeInstanceOf(OutboundRefused);
    expect(asked).toEqual(['/here']);
  });

  it.each([
    'http://other.example/',
    'http://127.0.0.1:1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
    'ftp://idp.example/',
    'http://user:password@idp.example/',
  ])('is not made to %s', async (address) => {
    const { lookup, questions } = leadingTo(['127.0.0.1']);
    const refused = await refusal(outboundFetch(listed, lookup)(address, get));
    expect(refused).toBeInstanceOf(OutboundRefused);
    expect(questions).toEqual([]);
  });

  it('does not follow a redirect', async () => {
    answer = (request, response) =>
      response
        .writeHead(302, { location: `http://localhost:${port}/elsewhere` })
        .end(request.method);
    const response = await outboundFetch(listed)(`http://localhost:${port}/first`, get);
    expect([response.status, asked]).toEqual([302, ['/first']]);
  });

  it('sends a form and headers, and gives up on an answer that does not end', async () => {
    const sent: unknown[] = [];
    answer = (request, response) => {
      request.setEncoding('utf8').on('data', (body) => sent.push(body, request.headers['x-a']));
      request.on('end', () => response.writeHead(201, { 'x-b': 'c' }).end('done'));
    };
    const fetch = outboundFetch(listed);
    const response = await fetch(`http://localhost:${port}/`, {
      method: 'POST',
      headers: { 'x-a': 'b' },
      body: new URLSearchParams({ code: 'a b' }),
    });
    expect([response.status, response.headers.get('x-b'), await response.text()]).toEqual([
      201,
      'c',
      'done',
    ]);
    expect(sent).toEqual(['code=a+b', 'b']);
    answer = (_, response) => response.end(Buffer.alloc(2 * 1024 * 1024));
    expect(await refusal(fetch(`http://localhost:${port}/`, get))).toBeInstanceOf(OutboundRefused);
    const aborted = { ...get, signal: AbortSignal.abort() };
    expect(await refusal(fetch(`http://localhost:${port}/`, aborted))).toMatchObject({
      name: 'AbortError',
    });
  });
});
