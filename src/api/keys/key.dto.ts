import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { PERMISSIONS, type Permission } from '../../platform/auth/permission.js';

const PRINTABLE = /^[^\p{C}]+$/u;
const CONTRACT_CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A key or client to be issued, as narrow as its work allows. */
export class NarrowedKeyBody {
  /** What it is for, such as "nightly upload". */
  @IsString()
  @Length(1, 100)
  @Matches(PRINTABLE, { message: 'label must be text without control characters' })
  label: string;

  /** Codes of the only contracts it reaches; leave it out for every contract of its person. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  @Matches(CONTRACT_CODE, { each: true, message: 'contracts must be codes of contracts' })
  contracts: string[] | null = null;

  /** The only acts it may be used for; leave it out for all that its person may do. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(PERMISSIONS, { each: true })
  permissions: Permission[] | null = null;

  /** Days after which it is dead: 365 unless something else is said, 730 at most. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(730)
  expiresInDays: number = 365;
}

/** A key just issued, shown once. */
export class IssuedKeyView {
  keyId: string;
  apiKey: string;
}

/** A key, without its secret. */
export class OwnKeyView {
  keyId: string;
  prefix: string;
  label: string;
  contracts: string[] | null;
  permissions: Permission[] | null;
  createdAt: string;
  expiresAt: string | null;
  /** To the minute; null when it was never used. */
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export class OwnKeysList {
  items: OwnKeyView[];
}

/** A client just made; its secret is shown once. */
export class NewClientView {
  clientId: string;
  clientSecret: string;
}

/** A client, without its secret. */
export class ClientView {
  clientId: string;
  label: string;
  contracts: string[] | null;
  permissions: Permission[] | null;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export class ClientsList {
  items: ClientView[];
}
