/** How deep JSON nests, found without parsing it: text that somebody else wrote is measured before anything recurses over it. */

const quote = 0x22;
const backslash = 0x5c;
const opening = new Set([0x5b, 0x7b]);
const closing = new Set([0x5d, 0x7d]);

export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString && code === backslash) at += 1;
    else if (code === quote) inString = !inString;
    else if (!inString && opening.has(code)) deepest = Math.max(deepest, (depth += 1));
    else if (!inString && closing.has(code)) depth -= 1;
  }
  return deepest;
}
