const FOLDER = 'node_modules/';

/** Every package, with its version, that the lock file installs for production, on whatever platform. */
export function productionPackages(lock) {
  const installed = Object.entries(lock.packages)
    .filter(([place, entry]) => place !== '' && !entry.dev)
    .map(([place, { version }]) => {
      const name = place.slice(place.lastIndexOf(FOLDER) + FOLDER.length);
      return `${name}@${version}`;
    });
  return [...new Set(installed)].sort();
}

/**
 * A CycloneDX bill of materials without what only developers use. npm's own `--omit dev` leaves out what production and
 * development share, such as zod, so that everything is asked of it and the rest is taken out here.
 */
export function forProduction(sbom, lock) {
  const wanted = new Set(productionPackages(lock));
  const components = sbom.components.filter((component) => wanted.has(idOf(component)));
  const refs = new Set([
    sbom.metadata.component['bom-ref'],
    ...components.map((component) => component['bom-ref']),
  ]);
  const dependencies = sbom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((on) => refs.has(on)) }));
  return { ...sbom, components, dependencies };
}

/** What is installed for production and not in a bill of materials. */
export function missingFrom(sbom, lock) {
  const named = new Set(sbom.components.map(idOf));
  return productionPackages(lock).filter((each) => !named.has(each));
}

const idOf = ({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`;
