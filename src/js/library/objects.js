// What reads members, which may have getters.

function Object_assign(target, ...sources) {
  if (target === undefined || target === null) throw new TypeError("Cannot convert undefined or null to object");
  for (let i = 0; i < sources.length; i++) {
    const source = sources[i];
    if (_copyMembers(target, source)) continue;
    const keys = _copiedKeys(source);
    for (let k = 0; k < keys.length; k++) target[keys[k]] = source[keys[k]];
  }
  return target;
}

function Object_values(object) {
  const quick = _valuesQuickly(object);
  if (quick !== undefined) return quick;
  const keys = Object.keys(object);
  const values = [];
  for (let i = 0; i < keys.length; i++) values.push(object[keys[i]]);
  return values;
}

function Object_entries(object) {
  const quick = _entriesQuickly(object);
  if (quick !== undefined) return quick;
  const keys = Object.keys(object);
  const entries = [];
  for (let i = 0; i < keys.length; i++) entries.push([keys[i], object[keys[i]]]);
  return entries;
}

function Object_defineProperties(object, descriptions) {
  if (!_isObject(object)) throw new TypeError("Object.defineProperties called on non-object");
  const keys = Object.keys(descriptions);
  for (let i = 0; i < keys.length; i++) Object.defineProperty(object, keys[i], descriptions[keys[i]]);
  return object;
}

function Object_create(prototype, descriptions) {
  const object = _createWith(prototype);
  return descriptions === undefined ? object : Object_defineProperties(object, descriptions);
}

function _assign(target, source) {
  if (_copyMembers(target, source)) return target;
  const keys = _copiedKeys(source);
  for (let i = 0; i < keys.length; i++) _define(target, keys[i], source[keys[i]]);
  return target;
}

function _rest(source, without) {
  if (source === undefined || source === null) {
    throw new TypeError(`Cannot destructure '${source}' as it is ${source}.`);
  }
  const quick = _withoutMembers(source, without);
  if (quick !== undefined) return quick;
  const target = {};
  const keys = _copiedKeys(source);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (!without.includes(key)) _define(target, key, source[key]);
  }
  return target;
}

function Reflect_get(target, key) {
  if (!_isObject(target)) throw new TypeError("Reflect.get called on non-object");
  return target[key];
}

function Reflect_set(target, key, value) {
  if (!_isObject(target)) throw new TypeError("Reflect.set called on non-object");
  try {
    target[key] = value;
    return true;
  } catch {
    return false;
  }
}

// `super.key` and `super.key = value`: found from the parent on, with the object itself as `this` of accessors.

function _superGet(home, key, self) {
  for (let holder = home; holder !== null && holder !== undefined; holder = Object.getPrototypeOf(holder)) {
    const found = Object.getOwnPropertyDescriptor(holder, key);
    if (found === undefined) continue;
    if (found.get !== undefined) return found.get.call(self);
    return found.value;
  }
  return undefined;
}

function _superSet(home, key, value, self) {
  for (let holder = home; holder !== null && holder !== undefined; holder = Object.getPrototypeOf(holder)) {
    const found = Object.getOwnPropertyDescriptor(holder, key);
    if (found === undefined) continue;
    if (found.set !== undefined) {
      found.set.call(self, value);
      return;
    }
    if (found.get !== undefined)
      throw new TypeError(`Cannot set property ${key} of ${_described(self)} which has only a getter`);
    break;
  }
  self[key] = value;
}
