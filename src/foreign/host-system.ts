/** What functions of the standard library need of the machine besides clocks and consoles; a host may lack it. */

/** How a host says that something cannot be done; the message is for the program. */
export class HostRefusal extends Error {}

export interface FileInfo {
  readonly kind: "file" | "folder" | "other";
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since the beginning of 1970 UTC. */
  readonly modified: number;
}

/** All of it rejects with HostRefusal. */
export interface HostSystem {
  readFile(path: string, signal: AbortSignal): Promise<Uint8Array>;
  writeFile(path: string, bytes: Uint8Array, how: "replace" | "append"): Promise<void>;
  /** The names in a folder, sorted. */
  listFolder(path: string): Promise<string[]>;
  /** Null if there is nothing. */
  fileInfo(path: string): Promise<FileInfo | null>;
  /** Makes a folder, and those around it; nothing if it is there. */
  makeFolder(path: string): Promise<void>;
  /** Removes a file, or a folder with nothing in it. */
  remove(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** An environment variable. */
  variable(name: string): string | undefined;
  variables(): readonly string[];
  /** The next line of standard input without its end; null at the end. */
  readLine(signal: AbortSignal): Promise<string | null>;
  /** All that is left of standard input. */
  readInput(signal: AbortSignal): Promise<string>;
}
