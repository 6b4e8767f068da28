/** What RFC 6749, section 5.2, calls the ways in which a token is refused. */
export type TokenError =
  'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type';

/** Thrown when a client gets no token. The words say what to change and never which part of a secret was wrong. */
export class TokenRefused extends Error {
  constructor(
    readonly error: TokenError,
    message: string,
  ) {
    super(message);
    this.name = 'TokenRefused';
  }
}
