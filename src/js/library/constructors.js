// Constructors that iterate over what they are given.

function notAnEntry(value) {
  return new TypeError(`Iterator value ${_described(value)} is not an entry object`);
}

function Map(entries) {
  _initialise(this, "Map");
  if (entries === undefined || entries === null) return;
  for (const entry of _iterable(entries)) {
    if (!_isObject(entry)) throw notAnEntry(entry);
    this.set(entry[0], entry[1]);
  }
}

function WeakMap(entries) {
  _initialise(this, "WeakMap");
  if (entries === undefined || entries === null) return;
  for (const entry of _iterable(entries)) {
    if (!_isObject(entry)) throw notAnEntry(entry);
    this.set(entry[0], entry[1]);
  }
}

function Set(values) {
  _initialise(this, "Set");
  if (values === undefined || values === null) return;
  for (const value of _iterable(values)) this.add(value);
}

function WeakSet(values) {
  _initialise(this, "WeakSet");
  if (values === undefined || values === null) return;
  for (const value of _iterable(values)) this.add(value);
}

function AggregateError(errors, message, options) {
  return _aggregateError.call(this, [..._iterable(errors)], message, options);
}
