/** The program of the thread that tries clauses. */
export const TRIAL_SCRIPT = new URL('./trial.thread.js', import.meta.url);
