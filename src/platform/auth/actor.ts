/** Who is acting, and through which door. Every act of the service is somebody's. */
export interface Actor {
  readonly personId: string;
  readonly name: string;
  /** Sets up contracts, parties and people; never acts as a party (it holds no party's permission). */
  readonly isAdministrator: boolean;
  readonly via: 'api' | 'cli' | 'worker';
  /** Acts for this party only, where a person belongs to several. The database sees to it. */
  readonly party?: string;
  /** Acts on these contracts only, where a key is confined to some. The database sees to it. */
  readonly contractIds?: readonly string[];
}
