/**
 * What tests of components find in place of what jsdom lacks: nothing is drawn, so nothing has a size or is ever in view, pointers are not
 * captured, an exception of the DOM is an Error, and the system wishes for nothing in particular. A test that needs more stubs it for
 * itself. They wait for what they look for as long as a busy machine needs: jsdom looks up a role in a whole window slowly.
 */
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react');
  configure({ asyncUtilTimeout: 30_000 });
  const observer = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  const matchMedia = () => ({ matches: false, addEventListener() {}, removeEventListener() {} });
  const lacking = { IntersectionObserver: observer, ResizeObserver: observer, matchMedia };
  for (const [name, value] of Object.entries(lacking))
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  Element.prototype.scrollIntoView = () => undefined;
  Element.prototype.setPointerCapture = () => undefined;
  Element.prototype.releasePointerCapture = () => undefined;
  Element.prototype.hasPointerCapture = () => false;
  HTMLCanvasElement.prototype.getContext = () => null;
  // Jsdom's own inherits from the Error of another realm.
  Object.setPrototypeOf(DOMException.prototype, Error.prototype);
}
export {};
