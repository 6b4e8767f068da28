/** Tables of the audit log. Hashes and checkpoints are nobody's secret; which leaf is whose entry is as much one as the entry. */
export const LOG_TABLES = [
  'log_checkpoint',
  'log_cosignature',
  'log_key',
  'log_leaf',
  'log_node',
  'log_stream',
] as const;
