// Iteration: what `for of`, spread and destructuring do, and built-ins that iterate.

function callable(callback) {
  if (typeof callback !== "function") throw new TypeError(`${_described(callback)} is not a function`);
}

function notIterable(value, text) {
  if (text !== undefined) return new TypeError(`${text} is not iterable`);
  return new TypeError(`${_callSite(value)} is not iterable (cannot read property Symbol(Symbol.iterator))`);
}

// What a built-in is given to iterate over: it is no name of the program that the error tells.
function _iterable(value) {
  if (Array.isArray(value) || _sequence(value) !== undefined) return value;
  const method = value === undefined || value === null ? undefined : value[Symbol.iterator];
  if (typeof method !== "function") throw notIterable(value);
  return value;
}

// Of an Array that is all: functions this small become part of those that call them.
// `text` is what the source says, where the compiler knows.
function _iterate(value, text) {
  return Array.isArray(value) ? value : _iterateOther(value, text);
}

function _iterateOther(value, text) {
  const items = _sequence(value);
  if (items !== undefined) return items;
  const method = value === undefined || value === null ? undefined : value[Symbol.iterator];
  if (typeof method !== "function") throw notIterable(value, text);
  const iterator = method.call(value);
  if (!_isObject(iterator)) {
    throw new TypeError("Result of the Symbol.iterator method is not an object");
  }
  return iterator;
}

// `count` is how many places an array pattern has: no more are taken then.
// With a count no more than so many are asked for: an iterator need not have an end.
function _elements(value, count, text) {
  return Array.isArray(value) ? value : _elementsOfOther(value, count, text);
}

function _elementsOfOther(value, count, text) {
  if (count === undefined || typeof value === "string") return _append([], value, text);
  const iterator = _iterate(value, text);
  if (Array.isArray(iterator)) return iterator;
  const found = [];
  const next = iterator.next;
  while (found.length < count) {
    const result = next.call(iterator);
    if (!_isObject(result)) throw new TypeError(`Iterator result ${_described(result)} is not an object`);
    if (result.done) return found;
    found.push(result.value);
  }
  _close(iterator);
  return found;
}

function _append(array, value, text) {
  return _appendQuickly(array, value) ? array : _appendOther(array, value, text);
}

function _appendOther(array, value, text) {
  const iterator = _iterate(value, text);
  const next = iterator.next;
  for (;;) {
    const result = next.call(iterator);
    if (!_isObject(result)) throw new TypeError(`Iterator result ${_described(result)} is not an object`);
    if (result.done) return array;
    array.push(result.value);
  }
}

function Array_from(items, mapper, self) {
  if (mapper !== undefined) {
    callable(mapper);
    if (self !== undefined) mapper = mapper.bind(self);
  }
  if (items === undefined || items === null) {
    throw notIterable(items);
  }
  const isIterable = Array.isArray(items) || typeof items === "string" || items[Symbol.iterator] !== undefined;
  if (mapper === undefined && isIterable) return _append([], items);
  if (mapper === undefined) return _isObject(items) ? [..._arrayLike(items)] : [];
  const result = [];
  let index = 0;
  if (isIterable) {
    for (const item of _iterable(items)) result.push(mapper(item, index++));
    return result;
  }
  const length = Math.min(Math.max(Math.trunc(+items.length) || 0, 0), Number.MAX_SAFE_INTEGER);
  for (; index < length; index++) result.push(mapper(items[index], index));
  return result;
}

function Object_fromEntries(entries) {
  // V8 says so of null, too.
  if (entries === undefined || entries === null) throw new TypeError("undefined is not iterable");
  const object = {};
  for (const entry of _iterable(entries)) {
    if (!_isObject(entry)) throw new TypeError(`Iterator value ${_described(entry)} is not an entry object`);
    _define(object, _key(entry[0]), entry[1]);
  }
  return object;
}

function Object_groupBy(items, callback) {
  callable(callback);
  const groups = Object.create(null);
  let index = 0;
  for (const item of _iterable(items)) {
    const key = _key(callback(item, index++));
    const group = groups[key];
    if (group === undefined) groups[key] = [item];
    else group.push(item);
  }
  return groups;
}

function Map_groupBy(items, callback) {
  callable(callback);
  const groups = new Map();
  let index = 0;
  for (const item of _iterable(items)) {
    const key = callback(item, index++);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function Map_prototype_forEach(callback, self) {
  const entries = Map.prototype.entries.call(this);
  if (typeof callback !== "function") throw new TypeError(`${_callSite(callback)} is not a function`);
  if (self !== undefined) callback = callback.bind(self);
  for (;;) {
    const result = entries.next();
    if (result.done) return;
    callback(result.value[1], result.value[0], this);
  }
}

function Set_prototype_forEach(callback, self) {
  const values = Set.prototype.values.call(this);
  if (typeof callback !== "function") throw new TypeError(`${_callSite(callback)} is not a function`);
  if (self !== undefined) callback = callback.bind(self);
  for (;;) {
    const result = values.next();
    if (result.done) return;
    callback(result.value, result.value, this);
  }
}

// What is left early is told so.
function _close(iterator) {
  if (Array.isArray(iterator)) return;
  const method = iterator.return;
  if (method === undefined || method === null) return;
  const result = method.call(iterator);
  if (!_isObject(result)) throw new TypeError(`Iterator result ${_described(result)} is not an object`);
}

function _closeQuietly(iterator) {
  try {
    _close(iterator);
  } catch {
    // The error that the loop was left with goes on.
  }
}

// What the compiler calls where something has gone wrong: the messages.

function _refuseResult(result) {
  throw new TypeError(`Iterator result ${_described(result)} is not an object`);
}

function _refusePattern(value, what, text) {
  throw new TypeError(`Cannot destructure ${what}'${text ?? value}' as it is ${value}.`);
}
