/** Tests of components wait for what they look for as long as a busy machine needs: jsdom looks up a role in a whole window slowly. */
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react');
  configure({ asyncUtilTimeout: 30_000 });
}
export {};
