/** A local service could not be started or used; the message says why and what to do about it. */
export class LocalServiceFailure extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = 'LocalServiceFailure';
  }
}

const REMEDIES = [
  {
    seen: /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/,
    say: (dir) =>
      `there is no room left on the disk that holds ${dir}. Free about 200 MB, or set LOCAL_SERVICES_DIR to a folder on another disk.`,
  },
  {
    seen: /EROFS|Read-only file system/,
    say: (dir) =>
      `${dir} is on a read-only disk. Set LOCAL_SERVICES_DIR to a folder that can be written to.`,
  },
  {
    seen: /EACCES|EPERM|ENOTDIR|Permission denied/,
    say: (dir) =>
      `${dir} cannot be written to. Set LOCAL_SERVICES_DIR to a folder of your own, or correct its permissions.`,
  },
];

/** Turns what the operating system or PostgreSQL reported about `dir` into a sentence that names the remedy. */
export function explainFailure(error, dir) {
  if (error instanceof LocalServiceFailure) return error;
  const detail = error instanceof Error ? `${error.code ?? ''} ${error.message}` : String(error);
  const known = REMEDIES.find(({ seen }) => seen.test(detail));
  const sentence = known
    ? `The local PostgreSQL did not start: ${known.say(dir)}`
    : `The local PostgreSQL in ${dir} did not start: ${detail.trim()}`;
  return new LocalServiceFailure(sentence, { cause: error });
}
