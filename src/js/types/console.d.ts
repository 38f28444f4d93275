/** What is there besides the language itself. In a project that knows Node's or a browser's console, these are the same. */
interface Console {
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  debug(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  dir(value: unknown, options?: { depth?: number | null }): void;
  table(rows: unknown, columns?: readonly string[]): void;
  group(...values: unknown[]): void;
  groupCollapsed(...values: unknown[]): void;
  groupEnd(): void;
  count(label?: string): void;
  countReset(label?: string): void;
  time(label?: string): void;
  timeLog(label?: string, ...values: unknown[]): void;
  timeEnd(label?: string): void;
  assert(condition?: unknown, ...values: unknown[]): void;
  trace(...values: unknown[]): void;
}

declare var console: Console;

declare function structuredClone<Value>(value: Value): Value;
