const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;

/** The keys of an object that is being passed through; null stands for an array. */
type Level = Set<string> | null;

/**
 * The first key that stands twice in one object, or null. JSON.parse silently keeps the last of the two, and whoever
 * reads the text may see the first. The text must be JSON that can be read.
 */
export function repeatedKeyIn(json: string): string | null {
  const above: Level[] = [];
  let level: Level = null;
  let isKeyNext = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      const end = closingQuote(json, at);
      if (isKeyNext && level !== null) {
        const key = JSON.parse(json.slice(at, end + 1)) as string;
        if (level.has(key)) return key;
        level.add(key);
        isKeyNext = false;
      }
      at = end;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      above.push(level);
      level = code === OPEN_BRACE ? new Set() : null;
      isKeyNext = code === OPEN_BRACE;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      level = above.pop() ?? null;
      isKeyNext = false;
    } else if (code === COMMA) {
      isKeyNext = level !== null;
    }
  }
  return null;
}

function closingQuote(json: string, open: number): number {
  let at = open + 1;
  while (json.charCodeAt(at) !== QUOTE) at += json.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
