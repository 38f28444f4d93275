/** Generated from the library's sources: `npx vitest run test/js/library.test.ts -u`. */
import type { LibraryTopic } from "../library.ts";

export const COMPILED: Readonly<Record<LibraryTopic, string>> = {
  operators: "",
  iteration: "",
  arrays: "",
  objects: "",
  texts: "",
  json: "",
};
