/** The time of day for components, renewed now and then: for words such as "until 14:30", not for measuring. */
import { useEffect, useState } from 'react';

const renewalMs = 10_000;

/** Milliseconds since 1970. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), renewalMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
