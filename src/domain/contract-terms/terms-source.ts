import type { DocumentKind } from '../shared/document-kind.js';
import { readDocument } from '../shared/read-document.js';
import { TermsRefused } from './terms-refused.js';

/** How a document of terms is spoken of. */
export const TERMS: DocumentKind = {
  whole: 'terms',
  part: 'term',
  code: 'TERMS',
  format: 'outturn-terms/1',
  refuse: (faults) => new TermsRefused(faults),
};

/** Reads terms, written in YAML or JSON, into plain data. Refuses TermsRefused. */
export const parseTermsSource = (source: string): unknown => readDocument(source, TERMS);
