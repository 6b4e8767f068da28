import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { SERVICE_VERSION } from '../version.js';

const DESCRIPTION = `
Outturn holds an outcomes contract as data, computes its payments, and takes them through review.

Amounts are decimal texts with their currency, such as \`"1320.00"\`; dates are civil dates, such as \`2015-06-02\`; instants are in UTC.
Errors are problem documents (RFC 9457) with a stable \`code\`, one sentence that names the remedy, and a \`requestId\`.
Acts that create money or scores need an \`Idempotency-Key\`. Lists are read page by page with \`limit\` and \`cursor\`.
`.trim();

/** Describes the routes as OpenAPI 3.1 at /v1/openapi.json, browsable at /docs from files of this server. */
export function serveDocumentation(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'v1/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Outturn API',
    swaggerOptions: { persistAuthorization: false },
  });
}

export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Outturn')
    .setDescription(DESCRIPTION)
    .setVersion(SERVICE_VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key: ot_...' })
    .build();
  return inVersion31(SwaggerModule.createDocument(app, about));
}

/** OpenAPI 3.1 has no `nullable`: null is one of the types. */
function inVersion31<T>(node: T): T {
  if (Array.isArray(node)) return node.map(inVersion31) as T;
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]: [string, unknown]) => [key, inVersion31(value)]),
  );
  if (nullable !== true) return (nullable === undefined ? rest : { nullable, ...rest }) as T;
  const { type, ...others } = rest;
  if (typeof type === 'string' && !('enum' in others))
    return { ...others, type: [type, 'null'] } as T;
  return { anyOf: [rest, { type: 'null' }] } as T;
}
