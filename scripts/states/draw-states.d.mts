export const TABLES: readonly { readonly module: string; readonly table: string }[];
export function drawStates(
  machines: readonly { readonly machine: object; readonly module: string }[],
): string;
