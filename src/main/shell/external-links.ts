/** Links that a click may open in the person's browser: where packs come from and papers are. Everything else stays closed. Pure. */
const hosts = new Set([
  'huggingface.co',
  'github.com',
  'arxiv.org',
  'doi.org',
  'creativecommons.org',
  'opensource.org',
]);

export function isExternalLink(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, username, password } = new URL(url);
  return protocol === 'https:' && port === '' && username === '' && password === '' && hosts.has(hostname);
}
