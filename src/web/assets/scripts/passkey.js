// Asks the browser for a passkey and sends its answer with the form around the button. The page works without this file:
// the form is then hidden, and the other ways to sign in remain.
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from './webauthn.js';

/** What to say when the browser did not come up with a passkey; closing its window is no error of anybody's. */
const TROUBLE = {
  InvalidStateError:
    'This device has a passkey for your account already. Use another device or key.',
  NotAllowedError: 'No passkey was used. Try again, or choose another way.',
};
const ANY_TROUBLE = 'The passkey did not work. Try again, or choose another way.';

async function ceremony(form) {
  const body = new URLSearchParams({ formToken: form.elements.formToken.value });
  const answer = await fetch(form.dataset.passkeyOptions, { method: 'POST', body });
  if (!answer.ok || answer.redirected) throw new Error(`status ${answer.status}`);
  const { ceremonyId, options } = await answer.json();
  const start = form.dataset.passkey === 'create' ? startRegistration : startAuthentication;
  form.elements.ceremonyId.value = ceremonyId;
  form.elements.response.value = JSON.stringify(await start({ optionsJSON: options }));
}

function listen(form) {
  const trouble = form.querySelector('[data-passkey-trouble]');
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    trouble.hidden = true;
    ceremony(form).then(
      () => form.submit(),
      (error) => {
        form.elements.response.value = '';
        trouble.textContent = TROUBLE[error.name] ?? ANY_TROUBLE;
        trouble.hidden = false;
      },
    );
  });
}

if (browserSupportsWebAuthn())
  for (const form of document.querySelectorAll('form[data-passkey]')) listen(form);
