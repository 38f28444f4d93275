// A sorted map as a red-black tree: insertion and deletion with rotations, a check of what must hold, iterators.

const RED = true;
const BLACK = false;

class Node {
  constructor(key, value, parent) {
    this.key = key;
    this.value = value;
    this.color = RED;
    this.left = null;
    this.right = null;
    this.parent = parent;
  }
}

export class SortedMap {
  #root = null;
  #size = 0;
  #compare;
  constructor(compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0)) {
    this.#compare = compare;
  }

  get size() {
    return this.#size;
  }

  #find(key) {
    let node = this.#root;
    while (node !== null) {
      const order = this.#compare(key, node.key);
      if (order === 0) return node;
      node = order < 0 ? node.left : node.right;
    }
    return null;
  }

  has(key) {
    return this.#find(key) !== null;
  }

  get(key) {
    return this.#find(key)?.value;
  }

  set(key, value) {
    let parent = null;
    let order = 0;
    for (let node = this.#root; node !== null; node = order < 0 ? node.left : node.right) {
      order = this.#compare(key, node.key);
      if (order === 0) {
        node.value = value;
        return this;
      }
      parent = node;
    }
    const node = new Node(key, value, parent);
    if (parent === null) this.#root = node;
    else if (order < 0) parent.left = node;
    else parent.right = node;
    this.#size++;
    this.#mendInsertion(node);
    return this;
  }

  /** Puts `child` in the place of `node` under its parent. */
  #replace(node, child) {
    const { parent } = node;
    if (parent === null) this.#root = child;
    else if (parent.left === node) parent.left = child;
    else parent.right = child;
    if (child !== null) child.parent = parent;
  }

  #rotateLeft(node) {
    const { right } = node;
    this.#replace(node, right);
    node.right = right.left;
    if (right.left !== null) right.left.parent = node;
    right.left = node;
    node.parent = right;
  }

  #rotateRight(node) {
    const { left } = node;
    this.#replace(node, left);
    node.left = left.right;
    if (left.right !== null) left.right.parent = node;
    left.right = node;
    node.parent = left;
  }

  #mendInsertion(inserted) {
    let node = inserted;
    while (isRed(node.parent)) {
      const { parent } = node;
      const grandparent = parent.parent;
      const isLeft = parent === grandparent.left;
      const uncle = isLeft ? grandparent.right : grandparent.left;
      if (isRed(uncle)) {
        parent.color = BLACK;
        uncle.color = BLACK;
        grandparent.color = RED;
        node = grandparent;
        continue;
      }
      if (isLeft) {
        if (node === parent.right) {
          node = parent;
          this.#rotateLeft(node);
        }
        node.parent.color = BLACK;
        grandparent.color = RED;
        this.#rotateRight(grandparent);
      } else {
        if (node === parent.left) {
          node = parent;
          this.#rotateRight(node);
        }
        node.parent.color = BLACK;
        grandparent.color = RED;
        this.#rotateLeft(grandparent);
      }
    }
    this.#root.color = BLACK;
  }

  delete(key) {
    const node = this.#find(key);
    if (node === null) return false;
    this.#size--;
    let removed = node;
    if (node.left !== null && node.right !== null) {
      removed = node.right;
      while (removed.left !== null) removed = removed.left;
      node.key = removed.key;
      node.value = removed.value;
    }
    const child = removed.left ?? removed.right;
    const { parent } = removed;
    this.#replace(removed, child);
    if (removed.color === BLACK) this.#mendDeletion(child, parent);
    return true;
  }

  /** On the way to `start`, which may be nothing, a black node is missing. */
  #mendDeletion(start, above) {
    let node = start;
    let parent = above;
    while (node !== this.#root && !isRed(node)) {
      const isLeft = parent.left === node;
      let sibling = isLeft ? parent.right : parent.left;
      if (isRed(sibling)) {
        sibling.color = BLACK;
        parent.color = RED;
        if (isLeft) {
          this.#rotateLeft(parent);
          sibling = parent.right;
        } else {
          this.#rotateRight(parent);
          sibling = parent.left;
        }
      }
      if (!isRed(sibling.left) && !isRed(sibling.right)) {
        sibling.color = RED;
        node = parent;
        parent = node.parent;
        continue;
      }
      if (isLeft) {
        if (!isRed(sibling.right)) {
          sibling.left.color = BLACK;
          sibling.color = RED;
          this.#rotateRight(sibling);
          sibling = parent.right;
        }
        sibling.color = parent.color;
        parent.color = BLACK;
        sibling.right.color = BLACK;
        this.#rotateLeft(parent);
      } else {
        if (!isRed(sibling.left)) {
          sibling.right.color = BLACK;
          sibling.color = RED;
          this.#rotateLeft(sibling);
          sibling = parent.left;
        }
        sibling.color = parent.color;
        parent.color = BLACK;
        sibling.left.color = BLACK;
        this.#rotateRight(parent);
      }
      node = this.#root;
    }
    if (node !== null) node.color = BLACK;
  }

  /** The entries from the first key that is not below `from`. */
  *entriesFrom(from) {
    let node = this.#root;
    let found = null;
    while (node !== null) {
      if (this.#compare(from, node.key) <= 0) {
        found = node;
        node = node.left;
      } else {
        node = node.right;
      }
    }
    while (found !== null) {
      yield [found.key, found.value];
      found = successor(found);
    }
  }

  [Symbol.iterator]() {
    let node = this.#root;
    while (node !== null && node.left !== null) node = node.left;
    return {
      next() {
        if (node === null) return { value: undefined, done: true };
        const value = [node.key, node.value];
        node = successor(node);
        return { value, done: false };
      },
    };
  }

  /** The number of black nodes on each way down. */
  check() {
    if (isRed(this.#root)) throw new Error("the root is red");
    const heightOf = (node) => {
      if (node === null) return 1;
      const { left, right, color, key } = node;
      if (color === RED && (isRed(left) || isRed(right))) throw new Error(`two red ones at ${key}`);
      if (left !== null && (left.parent !== node || this.#compare(left.key, key) >= 0))
        throw new Error(`left of ${key}`);
      if (right !== null && (right.parent !== node || this.#compare(right.key, key) <= 0))
        throw new Error(`right of ${key}`);
      const height = heightOf(left);
      if (height !== heightOf(right)) throw new Error(`heights at ${key}`);
      return height + (color === BLACK ? 1 : 0);
    };
    return heightOf(this.#root);
  }
}

function isRed(node) {
  return node !== null && node.color === RED;
}

function successor(node) {
  if (node.right !== null) {
    let next = node.right;
    while (next.left !== null) next = next.left;
    return next;
  }
  let child = node;
  let { parent } = node;
  while (parent !== null && parent.right === child) {
    child = parent;
    parent = parent.parent;
  }
  return parent;
}

/** Puts in, takes out, looks up, and goes through all of it. */
export function run(size) {
  const map = new SortedMap();
  let seed = 42;
  const next = () => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >>> 4) % (size * 2);
  };
  let sum = 0;
  for (let i = 0; i < size; i++) map.set(next(), i);
  for (let i = 0; i < size; i++) {
    const key = next();
    if (i % 3 === 0) sum += map.delete(key) ? 1 : 0;
    else if (i % 3 === 1) sum += map.get(key) ?? -1;
    else map.set(key, key);
  }
  sum = (sum * 31 + map.check() * 1000 + map.size) % 1000000007;
  for (const [key, value] of map) sum = (sum * 31 + key * 7 + value) % 1000000007;
  let count = 0;
  for (const [key] of map.entriesFrom(size)) {
    sum = (sum * 31 + key) % 1000000007;
    if (++count === 10) break;
  }
  return sum;
}

const words = new SortedMap((a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0));
for (const word of "the quick brown fox jumps over the lazy dog and then it sleeps".split(" ")) {
  words.set(word, (words.get(word) ?? 0) + 1);
}
console.log([...words].map(([word, count]) => `${word}:${count}`).join(" "));
const small = new SortedMap();
for (let i = 0; i < 20; i++) small.set((i * 7) % 20, i);
for (const key of [3, 9, 4, 4, 19]) console.log(key, small.delete(key), small.size, small.check());
console.log([...small].map(([key]) => key).join(), small.has(3), small.get(5));
console.log(`checksum ${run(500)}`);
