/** What the service works as: it owns nothing and cannot pass row-level security by. Made by a migration. */
export const APPLICATION_ROLE = 'outturn_app';

/** What the queue works as where it lives in PostgreSQL: it has a schema of its own and sees nothing else. */
export const QUEUE_ROLE = 'outturn_queue';
