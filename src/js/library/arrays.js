// Methods of Array that call back. Arrays have no holes; an element that a callback has taken away is not visited.

function callable(callback) {
  if (typeof callback !== "function") throw new TypeError(`${_described(callback)} is not a function`);
}

function Array_prototype_map(callback, self) {
  const array = _view(this, "map");
  callable(callback);
  if (self !== undefined) callback = callback.bind(self);
  const result = [];
  const length = array.length;
  for (let i = 0; i < length && i < array.length; i++) result.push(callback(array[i], i, array));
  if (result.length < length) result.length = length;
  return result;
}

function Array_prototype_filter(callback, self) {
  const array = _view(this, "filter");
  callable(callback);
  if (self !== undefined) callback = callback.bind(self);
  const result = [];
  const length = array.length;
  for (let i = 0; i < length && i < array.length; i++) {
    const item = array[i];
    if (callback(item, i, array)) result.push(item);
  }
  return result;
}

function Array_prototype_forEach(callback, self) {
  const array = _view(this, "forEach");
  callable(callback);
  if (self !== undefined) callback = callback.bind(self);
  const length = array.length;
  for (let i = 0; i < length && i < array.length; i++) callback(array[i], i, array);
}

function Array_prototype_reduce(callback, ...initial) {
  const array = _view(this, "reduce");
  callable(callback);
  const length = array.length;
  let result;
  let i = 0;
  if (initial.length > 0) {
    result = initial[0];
  } else {
    if (length === 0) throw new TypeError("Reduce of empty array with no initial value");
    result = array[0];
    i = 1;
  }
  for (; i < length && i < array.length; i++) result = callback(result, array[i], i, array);
  return result;
}

function Array_prototype_reduceRight(callback, ...initial) {
  const array = _view(this, "reduceRight");
  callable(callback);
  let i = array.length - 1;
  let result;
  if (initial.length > 0) {
    result = initial[0];
  } else {
    if (i < 0) throw new TypeError("Reduce of empty array with no initial value");
    result = array[i];
    i--;
  }
  for (; i >= 0; i--) {
    if (i < array.length) result = callback(result, array[i], i, array);
  }
  return result;
}

function Array_prototype_find(callback, self) {
  const array = _view(this, "find");
  callable(callback);
  if (self !== undefined) callback = callback.bind(self);
  const length = array.length;
  for (let i = 0; i < length; i++) {
    const item = array[i];
    if (callback(item, i, array)) return item;
  }
  return undefined;
}

function Array_prototype_findIndex(callback, self) {
  const array = _view(this, "findIndex");
  callable(callback);
  if (self !== undefined) callback = callback.bind(self);
  const length = array.length;
  for (let i = 0; i < length; i++) {
    if (callback(array[i], i, array)) return i;
  }
  return -1;
}

function Array_prototype_findLast(callback, self) {
  const array = _view(this, "findLast");
  callable(callback);
  if (self !== undefined) callback = callback.bind(self);
  for (let i = array.length - 1; i >= 0; i--) {
    const item = array[i];
    if (callback(item, i, array)) return item;
  }
  return undefined;
}

function Array_prototype_findLastIndex(callback, self) {
  const array = _view(this, "findLastIndex");
  callable(callback);
  if (self !== undefined) callback = callback.bind(self);
  for (let i = array.length - 1; i >= 0; i--) {
    if (callback(array[i], i, array)) return i;
  }
  return -1;
}

function Array_prototype_some(callback, self) {
  const array = _view(this, "some");
  callable(callback);
  if (self !== undefined) callback = callback.bind(self);
  const length = array.length;
  for (let i = 0; i < length && i < array.length; i++) {
    if (callback(array[i], i, array)) return true;
  }
  return false;
}

function Array_prototype_every(callback, self) {
  const array = _view(this, "every");
  callable(callback);
  if (self !== undefined) callback = callback.bind(self);
  const length = array.length;
  for (let i = 0; i < length && i < array.length; i++) {
    if (!callback(array[i], i, array)) return false;
  }
  return true;
}

function Array_prototype_flatMap(callback, self) {
  const array = _view(this, "flatMap");
  if (typeof callback !== "function") throw new TypeError("flatMap mapper function is not callable");
  if (self !== undefined) callback = callback.bind(self);
  const result = [];
  const length = array.length;
  for (let i = 0; i < length && i < array.length; i++) {
    const item = callback(array[i], i, array);
    if (Array.isArray(item)) _append(result, item);
    else result.push(item);
  }
  return result;
}

function Array_prototype_join(separator) {
  const array = _view(this, "join");
  const between = separator === undefined ? "," : `${separator}`;
  const quick = _quickJoin(array, between);
  if (quick !== undefined) return quick;
  const texts = [];
  for (let i = 0; i < array.length; i++) {
    const item = array[i];
    texts.push(item === undefined || item === null ? "" : `${item}`);
  }
  return _join(texts, between);
}

function Array_prototype_toString() {
  if (Array.isArray(this)) return this.join();
  return Object.prototype.toString.call(this);
}

function Array_prototype_toLocaleString() {
  const array = _view(this, "toLocaleString");
  const texts = [];
  for (let i = 0; i < array.length; i++) {
    const item = array[i];
    texts.push(item === undefined || item === null ? "" : `${item.toLocaleString()}`);
  }
  return _join(texts, ",");
}

function comparable(compare) {
  if (compare !== undefined && typeof compare !== "function") {
    throw new TypeError("The comparison function must be either a function or undefined");
  }
}

function Array_prototype_sort(compare) {
  comparable(compare);
  const array = _sortable(this);
  const sorted = sortedCopy(array, compare);
  for (let i = 0; i < sorted.length; i++) array[i] = sorted[i];
  return array;
}

function Array_prototype_toSorted(compare) {
  comparable(compare);
  return sortedCopy(_view(this, "toSorted"), compare);
}

// Undefined stands behind all others, and is never compared.
function sortedCopy(array, compare) {
  if (compare === undefined) {
    const quick = _sortedByText(array);
    if (quick !== undefined) return quick;
  }
  const items = [];
  let missing = 0;
  for (let i = 0; i < array.length; i++) {
    const item = array[i];
    if (item === undefined) missing++;
    else items.push(item);
  }
  const sorted = compare === undefined ? sortedByTexts(items) : sortedItems(items, compare);
  for (; missing > 0; missing--) sorted.push(undefined);
  return sorted;
}

function sortedByTexts(items) {
  const texts = [];
  for (let i = 0; i < items.length; i++) texts.push(`${items[i]}`);
  const order = _orderOfTexts(texts);
  const sorted = [];
  for (let i = 0; i < order.length; i++) sorted.push(items[order[i]]);
  return sorted;
}

const SHORT = 64;

// By merging runs that are there already, and are made longer by insertion: as V8 does, so that comparison functions
// that contradict themselves give the same for short arrays.
function sortedItems(items, compare) {
  const length = items.length;
  if (length < 2) return items;
  if (length < SHORT) {
    insertFrom(items, 0, runLength(items, 0, length, compare), length, compare);
    return items;
  }
  const least = leastRun(length);
  const starts = [0];
  let start = 0;
  while (start < length) {
    const run = runLength(items, start, length, compare);
    let end = start + run;
    if (run < least) {
      const wanted = Math.min(start + least, length);
      insertFrom(items, start, end, wanted, compare);
      end = wanted;
    }
    starts.push(end);
    start = end;
  }
  return mergedRuns(items, starts, compare);
}

function leastRun(length) {
  let rest = 0;
  let left = length;
  while (left >= SHORT) {
    rest |= left & 1;
    left >>= 1;
  }
  return left + rest;
}

// How many from `low` on stand in order; those in strictly descending order are turned around.
function runLength(items, low, high, compare) {
  if (low + 1 === high) return 1;
  let length = 2;
  let previous = items[low + 1];
  const descending = +compare(previous, items[low]) < 0;
  for (let i = low + 2; i < high; i++) {
    const item = items[i];
    const order = +compare(item, previous);
    if (descending ? !(order < 0) : order < 0) break;
    previous = item;
    length++;
  }
  if (descending) {
    let left = low;
    let right = low + length - 1;
    while (left < right) {
      const item = items[left];
      items[left++] = items[right];
      items[right--] = item;
    }
  }
  return length;
}

// Those from `low` to `start` stand in order; the others up to `high` are put among them.
function insertFrom(items, low, start, high, compare) {
  for (let at = start; at < high; at++) {
    const item = items[at];
    let left = low;
    let right = at;
    while (left < right) {
      const middle = left + ((right - left) >> 1);
      if (+compare(item, items[middle]) < 0) right = middle;
      else left = middle + 1;
    }
    for (let i = at; i > left; i--) items[i] = items[i - 1];
    items[left] = item;
  }
}

function mergedRuns(items, starts, compare) {
  let from = items;
  while (starts.length > 2) {
    const to = [];
    const next = [0];
    for (let i = 0; i < starts.length - 1; i += 2) {
      const middle = starts[i + 1];
      const end = i + 2 < starts.length ? starts[i + 2] : middle;
      mergeInto(to, from, starts[i], middle, end, compare);
      next.push(end);
    }
    from = to;
    starts = next;
  }
  return from;
}

function mergeInto(to, from, start, middle, end, compare) {
  let left = start;
  let right = middle;
  while (left < middle && right < end) {
    if (+compare(from[right], from[left]) < 0) to.push(from[right++]);
    else to.push(from[left++]);
  }
  while (left < middle) to.push(from[left++]);
  while (right < end) to.push(from[right++]);
}
