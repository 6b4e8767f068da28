import { tooDeep } from '../shared/document-kind.js';
import { TERMS } from './terms-source.js';

export { isTooDeep } from '../shared/depth.js';

export const TOO_DEEP = tooDeep(TERMS);
