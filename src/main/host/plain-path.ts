/**
 * The path of a request, if it is one of the plain ones that this host ever gives out: letters, digits and `-_.~` in segments. Nothing is
 * decoded, so no spelling of a traversal (`..`, `%2e%2e`, `%5c`, `%00`, double encoding, `//`) means anything. Pure.
 */
export interface PlainPath {
  /** Without the leading slash; [''] for the root. */
  readonly segments: readonly string[];
  /** Names that come twice, or that are not plain, make the whole query undefined. */
  readonly query: ReadonlyMap<string, string>;
}

const longestUrl = 512;
const pathPattern = /^\/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*)?$/;
const parameterPattern = /^([a-z]{1,20})=([A-Za-z0-9._-]{0,100})$/;

/** Undefined for a request target of any other form. */
export function plainPath(url: string | undefined): PlainPath | undefined {
  if (url === undefined || url.length > longestUrl) return undefined;
  const [path = '', queryText, ...more] = url.split('?');
  if (!pathPattern.test(path) || more.length > 0) return undefined;
  const query = parseQuery(queryText);
  return query && { segments: path.slice(1).split('/'), query };
}

function parseQuery(text: string | undefined): ReadonlyMap<string, string> | undefined {
  const query = new Map<string, string>();
  if (text === undefined || text === '') return query;
  for (const parameter of text.split('&')) {
    const [, name, value] = parameterPattern.exec(parameter) ?? [];
    if (name === undefined || value === undefined || query.has(name)) return undefined;
    query.set(name, value);
  }
  return query;
}
