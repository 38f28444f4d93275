/** What the libraries of one VM share: where their files are, and the hosts that run for them. */
import type { ForeignHost } from "./foreign-host.ts";
import type { PrivateFolder } from "./private-folder.ts";

export interface LibraryRoom {
  readonly folder: PrivateFolder;
  /** Each host, before it starts: they end with the VM. */
  readonly hosts: ForeignHost[];
  /** Milliseconds in which a host must have loaded its libraries. */
  readonly loadTimeout: number;
}
