/**
 * The fields of every answer that the interface describes, and the permissions by which they are given, as a page of Markdown.
 * The description is OpenAPI; what a route needs is told by its 403.
 */
export function drawFields(document) {
  const givenBy = new Map();
  for (const operations of Object.values(document.paths))
    for (const operation of Object.values(operations)) {
      const needs = neededBy(operation);
      for (const [status, response] of Object.entries(operation.responses ?? {})) {
        if (!/^2/.test(status)) continue;
        for (const name of schemasIn(response, document)) {
          if (!givenBy.has(name)) givenBy.set(name, new Set());
          givenBy.get(name).add(needs);
        }
      }
    }
  const rows = [...givenBy.keys()].sort().map((name) => {
    const fields = Object.keys(document.components.schemas[name]?.properties ?? {});
    return `| ${name} | ${fields.join(', ')} | ${[...givenBy.get(name)].sort().join(', ')} |`;
  });
  return `${HEAD}${rows.join('\n')}\n`;
}

const HEAD = `# Fields, and who is given them

Written by \`npm run docs:fields\` from the description of the interface. Which role holds which permission is one table,
src/access/permissions.ts; what an answer leaves out for whom, [security.md](security.md) says.

| Answer | Fields | Given by |
| --- | --- | --- |
`;

function neededBy(operation) {
  if (!operation.security?.length) return 'nobody asks';
  const needs = /^Needs (\S+)\.$/.exec(operation.responses?.['403']?.description ?? '')?.[1];
  return needs === undefined || needs === 'any' ? 'a key' : needs;
}

/** The names of all schemas that a part of the description refers to, through others as well. */
function schemasIn(node, document, found = new Set()) {
  if (typeof node !== 'object' || node === null) return found;
  const name = /^#\/components\/schemas\/(.+)$/.exec(node.$ref ?? '')?.[1];
  if (name !== undefined && !found.has(name)) {
    found.add(name);
    schemasIn(document.components.schemas[name], document, found);
  }
  for (const value of Object.values(node)) schemasIn(value, document, found);
  return found;
}
