/** Foreign libraries and permissions, as command lines name them. */

import { ALLOW_ALL, type Allowed, PERMISSION_KINDS, type PermissionKind } from "../../foreign/permissions.ts";
import type { ForeignLibraries } from "../../runtime/libraries.ts";

/** `--allow-native` is `allowNative`; true: everything of the kind. */
type AllowOptions = { readonly [Kind in PermissionKind as `allow${Capitalize<Kind>}`]?: true | readonly string[] };

export interface ForeignOptions extends AllowOptions {
  readonly allowAll?: true;
  readonly ffiInProcess?: true;
  readonly python?: string;
}

export function allowedOf(options: ForeignOptions): Allowed {
  if (options.allowAll) return ALLOW_ALL;
  const given = options as Readonly<Record<string, true | readonly string[] | undefined>>;
  return Object.fromEntries(
    PERMISSION_KINDS.map((kind) => [kind, given[`allow${kind[0].toUpperCase()}${kind.slice(1)}`] ?? false]),
  );
}

/** What opens libraries takes its time to start, and most programs have none. */
export function librariesFor(options: ForeignOptions): ForeignLibraries {
  let opened: ForeignLibraries | null = null;
  return {
    open: async (pack, file) => {
      const { nodeLibraries } = await import("../ffi/libraries.ts");
      const { python, ffiInProcess = false } = options;
      opened ??= nodeLibraries({ allow: allowedOf(options), inProcess: ffiInProcess, ...(python && { python }) });
      return opened.open(pack, file);
    },
    close: async () => opened?.close(),
  };
}
