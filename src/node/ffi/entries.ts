/** Where the files are that run outside: built, beside all others; while the sources run themselves, in `dist` too. */
import { fileURLToPath } from "node:url";

const IS_BUILT = !import.meta.url.endsWith(".ts");
const BUILT = new URL(IS_BUILT ? "./" : "../../../dist/", import.meta.url);

/** An entry of the build. */
export function entryUrl(name: "module-host" | "native-host"): URL {
  return new URL(`${name}.js`, BUILT);
}

export function pythonFile(name: "ionvm_host.py"): string {
  return fileURLToPath(new URL(`./python/${name}`, IS_BUILT ? BUILT : import.meta.url));
}
