/**
 * Tests of components wait for what they look for as long as a busy machine needs: jsdom looks up a role in a whole window slowly. It
 * draws nothing, so nothing is ever in view.
 */
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react');
  configure({ asyncUtilTimeout: 30_000 });
  const observer = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  Object.defineProperty(globalThis, 'IntersectionObserver', { value: observer, writable: true, configurable: true });
}
export {};
