/** Waiting that a signal ends. What is waited for goes on: whoever began it decides about that. */

/** What `promise` resolves to or throws, unless `signal` aborts before: then, at once, its reason. */
export async function untilAborted<Result>(promise: Promise<Result>, signal?: AbortSignal): Promise<Result> {
  if (signal === undefined) return promise;
  let abort: () => void = () => undefined;
  const aborted = new Promise<void>((resolve) => (abort = resolve));
  signal.addEventListener('abort', abort, { once: true });
  try {
    if (!signal.aborted) await Promise.race([promise, aborted]);
    signal.throwIfAborted();
    return await promise;
  } finally {
    signal.removeEventListener('abort', abort);
    // Nobody hears any more how it ended.
    promise.catch(() => undefined);
  }
}
