/** Where an element of the window is, as long as it stays there; follows the window's size. */
import { useLayoutEffect, useState } from 'react';

interface Anchor {
  readonly rectangle: DOMRect;
  /** As popovers take it. */
  readonly virtual: { readonly current: Element };
}

/** Undefined where there is no such element. */
export function useAnchor(selector: string): Anchor | undefined {
  const [anchor, setAnchor] = useState<Anchor>();
  useLayoutEffect(() => {
    const element = document.querySelector(selector);
    if (element === null) return;
    const measure = (): void =>
      setAnchor({ rectangle: element.getBoundingClientRect(), virtual: { current: element } });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    window.addEventListener('resize', measure);
    measure();
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [selector]);
  return anchor;
}
