import { PackBuilder } from "../pack/builder.ts";
import type { Pack } from "../pack/pack.ts";

export function standardPack(): Pack {
  return new PackBuilder({ name: "std", version: "1.0.0" }).build();
}
