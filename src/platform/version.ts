/** The version of this service, as package.json has it (a test holds the two together). */
export const SERVICE_VERSION = '0.1.0';
