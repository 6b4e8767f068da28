/** Where a link in a letter leads: this path, a slash, and the token. */
export const SET_PASSWORD_PATH = '/set-password';
/** Where an organisation's provider sends the browser back to; it is registered there, so it does not change. */
export const PROVIDER_RETURN_PATH = '/sign-in/provider/return';
