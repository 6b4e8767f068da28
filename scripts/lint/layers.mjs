// Who may import whom. One table, read by the rules of layer-rules.mjs; README.md and docs show the same picture.
import path from 'node:path';
import { projectRoot } from '../services/binaries.mjs';

/** The folders of src/domain with what each may import: only what is beneath it. */
const BENEATH_OUTCOMES = ['shared', 'money', 'calendar', 'instruments'];
const RULE_PARTS = ['aggregate-measures', 'payment-mechanisms', 'modifiers', 'payer-splits'];
const BENEATH_TERMS = [...BENEATH_OUTCOMES, 'outcomes', ...RULE_PARTS];
const BENEATH_CLAIMS = [...BENEATH_TERMS, 'contract-terms', 'computation'];
export const DOMAIN = {
  shared: [],
  money: ['shared'],
  calendar: ['shared'],
  instruments: ['shared', 'money', 'calendar'],
  outcomes: BENEATH_OUTCOMES,
  'aggregate-measures': [...BENEATH_OUTCOMES, 'outcomes'],
  'payment-mechanisms': [...BENEATH_OUTCOMES, 'outcomes', 'aggregate-measures'],
  modifiers: [...BENEATH_OUTCOMES, 'outcomes'],
  'payer-splits': [...BENEATH_OUTCOMES, 'outcomes'],
  privacy: ['shared', 'calendar', 'outcomes'],
  'contract-terms': [...BENEATH_TERMS, 'privacy'],
  computation: [...BENEATH_TERMS, 'contract-terms'],
  claims: [...BENEATH_CLAIMS, 'log'],
  statements: BENEATH_CLAIMS,
  disclosure: ['shared', 'money', 'calendar'],
  'term-sheet': [...BENEATH_TERMS, 'privacy', 'contract-terms'],
  audit: ['shared', 'calendar'],
  activity: ['shared', 'calendar', 'money', 'audit'],
  log: ['shared'],
  replay: ['shared', 'audit', 'log'],
  'value-case': ['shared', 'money'],
  'sign-in': ['shared'],
  'access-review': ['calendar'],
};

/** Domain folders that no other may import, each with its reason. */
const APART = {
  'value-case':
    'what an outcome is worth is kept apart from what is paid for it: no payment may rest on a value case',
};

/** The features, each importing only those to its left. */
export const FEATURES = [
  'access',
  'audit',
  'log',
  'contracts',
  'cohorts',
  'privacy',
  'measurements',
  'figures',
  'payments',
  'claims',
  'statements',
  'bundles',
  'activity',
  'replay',
];

/** The three composition roots; what is assembled there is assembled nowhere else. */
const ROOTS = ['main', 'worker', 'cli'];

/** From the bottom up; a layer may import those before it. */
const LAYERS = [
  'migrations',
  'domain',
  'platform',
  'feature',
  'all-features',
  'api',
  'web',
  'root',
];

/** Where a file stands; undefined for whatever is outside src and migrations (tests, scripts). */
export function placeOf(file) {
  const parts = path.relative(projectRoot, file).split(path.sep);
  if (parts[0] === 'migrations') return { layer: 'migrations', name: 'migrations' };
  if (parts[0] !== 'src' || parts.length < 2) return undefined;
  const [, folder, inner] = parts;
  if (parts.length === 2) {
    const name = folder.replace(/\.[cm]?[jt]s$/, '');
    if (name === 'features.module') return { layer: 'all-features', name };
    return { layer: 'root', name, isCompositionRoot: ROOTS.includes(name) };
  }
  if (folder === 'domain') return { layer: 'domain', name: inner };
  if (FEATURES.includes(folder)) return { layer: 'feature', name: folder };
  if (['platform', 'api', 'web'].includes(folder)) return { layer: folder, name: folder };
  return { layer: 'root', name: folder };
}

/** Why `from` may not import `to`, as a sentence; undefined if it may. */
export function refusal(from, to, target) {
  if (to.isCompositionRoot && !from.isTest)
    return `nobody imports src/${to.name}.ts: it is a composition root, which wires the parts and is depended on by none`;
  if (from.layer === 'migrations')
    return 'a migration imports nothing from src: its meaning must not change when the code does';
  if (to.layer === 'migrations')
    return /platform\/database/.test(from.file)
      ? undefined
      : 'only src/platform/database lists the migrations: the rest of the code knows the schema as it is now';
  if (LAYERS.indexOf(to.layer) > LAYERS.indexOf(from.layer))
    return `src/${from.name} lies beneath src/${to.name}: ${REASONS[from.layer]}`;
  if (from.layer === 'domain' && to.layer === 'domain') return domainRefusal(from.name, to.name);
  if (from.layer === 'feature' && to.layer === 'feature')
    return featureRefusal(from.name, to.name, target);
  if (from.layer === 'web' && to.layer === 'api')
    return 'pages and the JSON interface are two doors to the same services: neither goes through the other';
  if (['api', 'web'].includes(from.layer) && to.layer === 'feature' && isPrivate(target))
    return 'a controller only translates: it talks to a feature through its service, never to its tables';
  return undefined;
}

const REASONS = {
  domain:
    'the domain is plain TypeScript that can be read and tested without the service around it',
  platform: 'technical services serve every feature, so they know none of them',
  feature: 'a feature offers its service and does not know who calls it',
  'all-features': 'the list of features serves the API and the worker alike',
  api: 'controllers are wired by the composition roots and know nothing of them',
  web: 'pages are wired by the composition roots and know nothing of them',
};

function domainRefusal(from, to) {
  if (from === to || DOMAIN[from]?.includes(to)) return undefined;
  if (APART[to]) return `src/domain/${from} may not import ${to}: ${APART[to]}`;
  return `src/domain/${from} may import ${DOMAIN[from]?.join(', ') || 'nothing'}, not ${to}: each domain folder rests only on what is beneath it`;
}

function featureRefusal(from, to, target) {
  if (from === to) return undefined;
  if (FEATURES.indexOf(to) > FEATURES.indexOf(from))
    return `features depend in one direction (${FEATURES.join(' <- ')}): ${from} may not know ${to}`;
  if (isPrivate(target))
    return `${from} talks to ${to} through its service: repositories, entities and mappings are a feature's own`;
  return undefined;
}

const isPrivate = (target) =>
  /\.(repository|entity|mapping|processor)(\.[cm]?[jt]s)?$/.test(target);
