// Generators. The compiler makes two functions of one: the first has its name and its parameters, and gives what `_generator`
// makes; the second has the body. It is called with an Array as its arguments, and gives an Array: the value and the
// registers of a `yield`, with which it is called again, or nothing but the value at the end.

// A member that no listing shows: the arguments of the next call; null while it runs, false when it has ended.
const SAVED = "\udfff0#saved";
const BODY = "\udfff0#body";

function _generator(body, saved) {
  const made = Object.create(_Generator.prototype);
  made[BODY] = body;
  made[SAVED] = saved;
  return made;
}

function savedOf(generator, name) {
  const saved = generator === undefined || generator === null ? undefined : generator[SAVED];
  if (saved === undefined) {
    throw new TypeError(`${name} method called on incompatible receiver ${_described(generator)}`);
  }
  if (saved === null) throw new TypeError("Generator is already running");
  return saved;
}

// Goes on with what `yield` gives: 0 a value, 1 an error, 2 the end.
function resume(generator, saved, mode, value) {
  const body = generator[BODY];
  saved[0] = mode;
  saved[1] = value;
  generator[SAVED] = null;
  let isDone = true;
  try {
    const result = body(...saved);
    isDone = result.length === 1;
    if (!isDone) generator[SAVED] = result;
    return { value: result[0], done: isDone };
  } finally {
    if (isDone) generator[SAVED] = false;
  }
}

function _Generator_prototype_next(value) {
  const saved = savedOf(this, "next");
  if (saved === false) return { value: undefined, done: true };
  return resume(this, saved, 0, value);
}

function _Generator_prototype_return(value) {
  const saved = savedOf(this, "return");
  // One that has not begun has nothing to do.
  if (saved === false || saved[2] === 0) {
    this[SAVED] = false;
    return { value, done: true };
  }
  return resume(this, saved, 2, value);
}

function _Generator_prototype_throw(error) {
  const saved = savedOf(this, "throw");
  if (saved === false || saved[2] === 0) {
    this[SAVED] = false;
    throw error;
  }
  return resume(this, saved, 1, error);
}

function _Generator_prototype_iterator() {
  return this;
}
