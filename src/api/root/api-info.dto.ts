/** What is served here, and where to go on. */
export class ApiInfo {
  /** @example "Outturn" */
  name: string;
  version: string;
  links: ApiLinks;
}

export class ApiLinks {
  documentation: string;
  openapi: string;
  contracts: string;
  termsSchema: string;
  health: string;
}
