/** `npm run samples`: writes the pack of every sample beside its text. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sampleNames, samplePack } from "./packs.ts";

// This runs from dist/.
const FOLDER = fileURLToPath(new URL("../samples/", import.meta.url));

const names = sampleNames(FOLDER);
for (const name of names) writeFileSync(join(FOLDER, `${name}.ionpack`), samplePack(FOLDER, name));
console.log(`${names.length} samples built`);
