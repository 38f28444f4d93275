/** The compiler of JavaScript and TypeScript; see docs/javascript-inside.md. */
export { type Compiled, type CompileOptions, compile, compileText, type SourceHost } from "./compile.ts";
export { CompileError, type Diagnostic, diagnosticText } from "./diagnostics.ts";
export { SourceFile } from "./source.ts";
