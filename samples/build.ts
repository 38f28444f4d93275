/** `npm run samples`: writes the pack of every sample beside its text. What this machine cannot build is left out. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FOREIGN_SAMPLES, foreignSamplePack, Skipped } from "./foreign.ts";
import { sampleNames, samplePack } from "./packs.ts";

// This runs from dist/.
const FOLDER = fileURLToPath(new URL("../samples/", import.meta.url));

const names = sampleNames(FOLDER);
for (const name of names) writeFileSync(packFile(name), samplePack(FOLDER, name));
let built = names.length;
for (const name of FOREIGN_SAMPLES) {
  try {
    writeFileSync(packFile(name), foreignSamplePack(FOLDER, name));
    built++;
  } catch (error) {
    if (!(error instanceof Skipped)) throw error;
    // One of another time would not be this sample.
    rmSync(packFile(name), { force: true });
    console.log(`${name} is left out: ${error.message}`);
  }
}
console.log(`${built} samples built`);

function packFile(name: string): string {
  return join(FOLDER, `${name}.ionpack`);
}
