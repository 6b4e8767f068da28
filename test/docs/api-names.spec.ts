import { readdirSync, readFileSync } from 'node:fs';

describe('what requests and answers are called', () => {
  it('is said of one class each: the API document keeps one of two that share a name', () => {
    const files = readdirSync('src/api', { recursive: true, encoding: 'utf8' });
    const names = files
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) =>
        [
          ...readFileSync(`src/api/${file}`, 'utf8').matchAll(
            /^export (?:abstract )?class (\w+)/gm,
          ),
        ].map(([, name]) => name!),
      );
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});
