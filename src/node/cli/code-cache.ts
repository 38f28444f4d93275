/** A step of the build: runs a program, and writes what V8 has made of the command lines until then (see `launch.ts`). */
import { writeFileSync } from "node:fs";
import { BUILD_CHARACTERS, CACHE, load, readScript } from "./launch.ts";

const source = readScript();
const { script, exports } = load(source, undefined);
process.exitCode = 1;
// V8 keeps what has been called, and a program that is compiled and run calls what every start needs.
void exports.TOOLS.ionvm(["run", ...process.argv.slice(2)]).then((code) => {
  if (code !== 0) throw new Error(`the program ended with ${code}`);
  const build = Buffer.from(source.slice(-BUILD_CHARACTERS), "latin1");
  writeFileSync(CACHE, Buffer.concat([build, script.createCachedData()]));
  process.exitCode = 0;
});
