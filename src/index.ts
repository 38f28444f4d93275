/** The library, for any host. Node's entry (src/node/index.ts) adds what only Node can do. */

export { assemble } from "./bytecode/assemble.ts";
export { FunctionBuilder } from "./bytecode/builder.ts";
export { disassemble } from "./bytecode/disassemble.ts";
export type { ClassFile, FunctionRecord } from "./bytecode/model.ts";
export { LoadError, type LoadPlace } from "./errors.ts";
export type { HostCallContext, HostFunction, HostFunctionSpec } from "./foreign/host-function.ts";
export { type HostObject, HostTagged, type HostValue } from "./foreign/host-values.ts";
export { ALLOW_ALL, type Allowed, PERMISSIONS, type PermissionKind } from "./foreign/permissions.ts";
export {
  type AsyncContext,
  type AsyncForeignSpec,
  type ForeignContext,
  ForeignFailure,
  type ForeignSpec,
  type FunctionDescription,
  type Parameter,
  type ParameterType,
} from "./foreign/spec.ts";
export { DEFAULT_LIMITS, FIXED_LIMITS, RUNTIME_LIMITS, type RuntimeLimits } from "./limits.ts";
export { ClassBuilder, PackBuilder } from "./pack/builder.ts";
export type { PackCandidate, PackSource } from "./pack/dependencies.ts";
export { loadFile, type Pack, readPack, writePack } from "./pack/pack.ts";
export type { VMEvent } from "./runtime/events.ts";
export { browserHost, type Host } from "./runtime/host.ts";
export type { ForeignLibraries, OpenedLibraries } from "./runtime/libraries.ts";
export { type Outcome, Process, type Remains, type StackTrace } from "./runtime/process.ts";
export type { Program } from "./runtime/program.ts";
export { FlightRecorder } from "./runtime/recorder.ts";
export { Atom, atom } from "./values/atom.ts";
export { Binary, FloatArray } from "./values/bytes.ts";
export { FunctionValue } from "./values/function.ts";
export { createObject, IonObject } from "./values/object.ts";
export { inspect, print } from "./values/print.ts";
export { Complex, Tagged, Tuple, typeOf, Undefined, Unit, type Value } from "./values/value.ts";
export {
  type HostPort,
  type LoadOptions,
  type ProcessInfo,
  type Reloaded,
  type RunOptions,
  type RunResult,
  VM,
  type VMOptions,
} from "./vm.ts";
