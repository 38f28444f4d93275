/** What hosts tell of themselves: objects and lists of texts and numbers, which come as Maps. */
export function plainOf(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(plainOf);
  if (part instanceof Map) return Object.fromEntries([...part].map(([key, value]) => [key, plainOf(value)]));
  return part;
}
