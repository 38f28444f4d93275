// Errors: raised, caught further out, looked at, raised again.
class NoNumber extends Error {
  readonly value: unknown;
  constructor(value: unknown) {
    super("no number");
    this.name = "NoNumber";
    this.value = value;
  }
}

function root(x: unknown): number {
  if (typeof x !== "number") throw new NoNumber(x);
  if (x < 0) throw new RangeError("Cannot take square root of negative number");
  return Math.sqrt(x);
}

/** The root, or a text if it is refused; other errors come through. */
function careful(x: unknown): number | string {
  try {
    return root(x);
  } catch (error) {
    if (error instanceof RangeError) return `refused: Runtime error: ${error.message}`;
    throw error;
  }
}

console.log(careful(16));
console.log(careful(-1));
try {
  careful("x");
} catch (error) {
  if (!(error instanceof NoNumber)) throw error;
  const { message, value } = error;
  console.log(`(${message}, ${value})`);
  console.log(`=> ("${message}", "${value}")`);
}
