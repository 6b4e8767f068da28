/** Asked to stop by a signal; the demo ends everything that it has started. */
export interface Ending {
  /** Resolves with the signal's name. */
  readonly asked: Promise<NodeJS.Signals>;
  ignore(): void;
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Listens for Ctrl-C and its relatives. A second one does not interrupt the stopping. */
export function listenForEnding(): Ending {
  let listener: NodeJS.SignalsListener = () => undefined;
  const asked = new Promise<NodeJS.Signals>((resolve) => {
    listener = (signal) => resolve(signal);
  });
  for (const signal of SIGNALS) process.on(signal, listener);
  return {
    asked,
    ignore: () => SIGNALS.forEach((signal) => process.off(signal, listener)),
  };
}

const GRACE_MS = 5_000;

/** Ends the process soon, in any case: a step that was broken off may still wait for an answer that nobody will give. */
export function endInAnyCase(): void {
  setTimeout(() => process.exit(), GRACE_MS).unref();
}
