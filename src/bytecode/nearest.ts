/** Longer words are no misspellings of ours, and comparing them would take long. */
const LONGEST = 40;

/** The candidate that a misspelt or shortened word most likely means; undefined if none is near. Case does not count. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > LONGEST) return undefined;
  // Up to a third of the letters may be wrong.
  let best = Math.floor(word.length / 3) + 1;
  let found: string | undefined;
  const typed = word.toLowerCase();
  for (const candidate of candidates) {
    const meant = candidate.toLowerCase();
    const distance = typed !== "" && meant.startsWith(typed) ? 0 : distanceBetween(typed, meant);
    if (distance >= best) continue;
    best = distance;
    found = candidate;
  }
  return found;
}

/** The least number of letters to insert, delete or replace. */
function distanceBetween(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[j] + 1, current[j - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}
