import { keepHeapSmall } from './platform/process/keep-heap-small.js';

// before anything else is loaded: a sweep during loading sets how far the heap may grow in the run that follows
keepHeapSmall();
const { runWorker } = await import('./run-worker.js');
await runWorker();
