// Turns on what a browser with JavaScript may have beyond the page itself: the menu that folds, the button that shows a
// password. Without this file every page does the same work.
import { initAll } from './govuk-frontend.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
initAll();
