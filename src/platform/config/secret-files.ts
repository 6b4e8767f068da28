import { readFileSync } from 'node:fs';

/**
 * The environment with the content of the file that `<name>_FILE` names in place of each variable, such as a mounted secret:
 * a process's environment is easier to read than a file of its own. Faults name the variable only.
 */
export function withFiles(
  environment: NodeJS.ProcessEnv,
  names: readonly string[],
): { readonly values: NodeJS.ProcessEnv; readonly faults: readonly string[] } {
  const read: Record<string, string> = {};
  const faults: string[] = [];
  for (const name of names) {
    const file = environment[`${name}_FILE`];
    if (!file) continue;
    const content = contentOf(file);
    if (environment[name]) faults.push(`${name} and ${name}_FILE are both set: set one of them`);
    else if (content === null) faults.push(`${name}_FILE names a file that cannot be read`);
    else if (content === '') faults.push(`${name}_FILE names a file that is empty`);
    else read[name] = content;
  }
  const isAsItWas = Object.keys(read).length === 0;
  return { values: isAsItWas ? environment : { ...environment, ...read }, faults };
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}
