import { networkOf, subscriberOf } from './address-network.js';
import { deviceName } from './device-name.js';
import { asHashed, lengthFault } from './password-length.js';

describe('the length of a password', () => {
  it.each([
    ['seven!!', 'too-short'],
    ['eight!!!', null],
    ['x'.repeat(128), null],
    ['x'.repeat(129), 'too-long'],
    ['🙂'.repeat(7), 'too-short'], // 14 code units, seven characters
    ['🙂'.repeat(8), null],
    ['e\u0301'.repeat(7), 'too-short'], // seven letters with an accent, typed as fourteen
    ['', 'too-short'],
  ])('%j', (password, expected) => expect(lengthFault(password)).toBe(expected));

  it('is that of the composed form, which is what is hashed', () => {
    expect(asHashed('cafe\u0301')).toBe('caf\u00e9');
    expect(asHashed(' Case And  Spaces ')).toBe(' Case And  Spaces ');
  });
});

describe('the network of an address', () => {
  it.each([
    ['192.0.2.77', '192.0.2.x'],
    ['255.255.255.255', '255.255.255.x'],
    ['2001:db8:1:2:3:4:5::', '2001:db8:1::'],
    ['1:2:3:4:5:6:7', 'unknown'],
    ['2001:db8:xyz:2:3:4:5:6', 'unknown'],
    ['2001:db8:12345:2:3:4:5:6', 'unknown'],
    ['2001:db8:a.b:2:3:4:5:6', 'unknown'],
    ['::ffff:192.0.2.77', '192.0.2.x'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::'],
    ['2001:0db8:0001::9', '2001:db8:1::'],
    ['::1', '0:0:0::'],
    ['fe80::1%eth0', 'fe80:0:0::'],
    ['::', '0:0:0::'],
    ['192.0.2.256', 'unknown'],
    ['2001:db8', 'unknown'],
    ['1::2::3', 'unknown'],
    ['1:2:3:4:5:6:7::8', 'unknown'],
    ['somewhere', 'unknown'],
    ['', 'unknown'],
  ])('%s', (address, expected) => expect(networkOf(address)).toBe(expected));
});

describe('the subscriber of an address', () => {
  it.each([
    ['192.0.2.77', '192.0.2.77'],
    ['::ffff:192.0.2.77', '192.0.2.77'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
    ['2001:db8:1:2:ffff::', '2001:db8:1:2::'],
    ['fe80::1%eth0', 'fe80:0:0:0::'],
    ['192.0.2.256', 'unknown'],
    ['somewhere', 'unknown'],
  ])('%s', (address, expected) => expect(subscriberOf(address)).toBe(expected));
});

describe('the name of a device', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
      'Firefox on Windows',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari on iPhone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
    ['curl/8.5 Firefox/1', 'Firefox'],
    ['An app for Windows', 'Windows'],
    ['<script>alert(1)</script>', 'Unknown browser'],
    [null, 'Unknown browser'],
  ])('%s', (userAgent, expected) => expect(deviceName(userAgent)).toBe(expected));
});
