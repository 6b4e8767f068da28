// As much of oidc-provider, which ships no types, as the tests use.
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  export default class Provider {
    constructor(
      issuer: string,
      configuration: {
        readonly clients: readonly object[];
        readonly claims: Readonly<Record<string, readonly string[]>>;
        readonly cookies: { readonly keys: readonly string[] };
        findAccount(
          context: unknown,
          id: string,
        ): { accountId: string; claims(): Record<string, unknown> } | undefined;
      },
    );
    callback(): RequestListener;
  }
}
