/** Module hooks: where "ion:process" is, and what becomes of files that import it. */
import { transform } from "./transform.mjs";

export async function resolve(specifier, context, next) {
  if (specifier !== "ion:process") return next(specifier, context);
  return { url: new URL("./ion-process.mjs", import.meta.url).href, shortCircuit: true };
}

export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (loaded.format !== "module" || url.includes("/node_modules/") || url.endsWith(".mjs")) return loaded;
  const text = String(loaded.source);
  return text.includes('"ion:process"') ? { ...loaded, source: transform(text) } : loaded;
}
