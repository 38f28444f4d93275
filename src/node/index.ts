/** The library on Node: everything of src/index.ts, with Node's host as the default one. */
import type { VMOptions } from "../index.ts";
import { VM as CoreVM } from "../vm.ts";
import { nodeHost } from "./host.ts";

export * from "../index.ts";
export {
  type Compiled,
  CompileError,
  type CompileOptions,
  compile,
  type Diagnostic,
  type SourceHost,
} from "../ionc/index.ts";
export { type LibraryOptions, nodeLibraries } from "./ffi/libraries.ts";
export { packFolders } from "./packs.ts";
export { nodeHost };

/** A VM on Node; see src/vm.ts. */
export class VM extends CoreVM {
  constructor(options: VMOptions = {}) {
    super({ host: nodeHost(), ...options });
  }
}
