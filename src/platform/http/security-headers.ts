import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../config/config.js';

/** Only what this server itself serves, and no script or style inside a page. */
const POLICY = {
  'default-src': `'none'`,
  'script-src': `'self'`,
  'style-src': `'self'`,
  'img-src': `'self' data:`,
  'font-src': `'self'`,
  'connect-src': `'self'`,
  'base-uri': `'none'`,
  'form-action': `'self'`,
  'frame-ancestors': `'none'`,
};

/** The browsable documentation of the API sets styles from its script. */
const POLICY_OF_DOCUMENTATION = { ...POLICY, 'style-src': `'self' 'unsafe-inline'` };

const inOneLine = (policy: Readonly<Record<string, string>>, isSecure: boolean): string =>
  [
    ...Object.entries(policy).map(([name, sources]) => `${name} ${sources}`),
    ...(isSecure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');

/** Nothing here needs a camera, a position or a payment; passkeys are for this site itself. */
const PERMISSIONS = [
  ...[
    'accelerometer',
    'browsing-topics',
    'camera',
    'display-capture',
    'geolocation',
    'gyroscope',
    'hid',
    'magnetometer',
    'microphone',
    'midi',
    'payment',
    'serial',
    'usb',
  ].map((name) => `${name}=()`),
  'publickey-credentials-create=(self)',
  'publickey-credentials-get=(self)',
].join(', ');

/**
 * What every answer tells the browser to refuse. The referrer goes to this site only, and there it must go: with
 * no-referrer a browser would send the forms of our own pages with the origin "null".
 */
export async function setSecurityHeaders(
  app: NestFastifyApplication,
  { publicUrl, hstsSeconds }: Pick<Config, 'publicUrl' | 'hstsSeconds'>,
): Promise<void> {
  const isSecure = publicUrl.startsWith('https:');
  const usual = inOneLine(POLICY, isSecure);
  const ofDocumentation = inOneLine(POLICY_OF_DOCUMENTATION, isSecure);
  await app.register(helmet, {
    contentSecurityPolicy: false, // below
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: isSecure &&
      hstsSeconds > 0 && { maxAge: hstsSeconds, includeSubDomains: true },
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      const isDocumentation = /^\/docs(\/|$)/.test(request.url);
      void reply.headers({
        'Content-Security-Policy': isDocumentation ? ofDocumentation : usual,
        'Permissions-Policy': PERMISSIONS,
        'Cache-Control': 'no-store', // but for files whose address is their content (serveAssets)
      });
      done();
    });
}
