// A ray tracer: spheres and a plane with patterns, lights, shadows, reflections. Vectors are objects of a class.

const EPSILON = 1e-9;

class Vector {
  constructor(x, y, z) {
    this.x = x;
    this.y = y;
    this.z = z;
  }
  plus(v) {
    return new Vector(this.x + v.x, this.y + v.y, this.z + v.z);
  }
  minus(v) {
    return new Vector(this.x - v.x, this.y - v.y, this.z - v.z);
  }
  times(k) {
    return new Vector(this.x * k, this.y * k, this.z * k);
  }
  dot(v) {
    return this.x * v.x + this.y * v.y + this.z * v.z;
  }
  cross(v) {
    return new Vector(this.y * v.z - this.z * v.y, this.z * v.x - this.x * v.z, this.x * v.y - this.y * v.x);
  }
  get length() {
    return Math.sqrt(this.dot(this));
  }
  unit() {
    const { length } = this;
    return length < EPSILON ? this : this.times(1 / length);
  }
  /** Of a ray that comes in with this direction on a surface with this normal. */
  reflected(normal) {
    return this.minus(normal.times(2 * this.dot(normal)));
  }
}

class Color {
  constructor(red, green, blue) {
    this.red = red;
    this.green = green;
    this.blue = blue;
  }
  plus(c) {
    return new Color(this.red + c.red, this.green + c.green, this.blue + c.blue);
  }
  times(k) {
    return new Color(this.red * k, this.green * k, this.blue * k);
  }
  filtered(c) {
    return new Color(this.red * c.red, this.green * c.green, this.blue * c.blue);
  }
  bytes() {
    const byte = (part) => Math.floor(Math.min(1, Math.max(0, part)) * 255);
    return [byte(this.red), byte(this.green), byte(this.blue)];
  }
}

const BLACK = new Color(0, 0, 0);
const WHITE = new Color(1, 1, 1);
const SKY = new Color(0.35, 0.55, 0.85);

/** What a surface looks like at a point. */
class Material {
  constructor({ color = WHITE, shine = 0, mirror = 0 } = {}) {
    this.color = color;
    this.shine = shine;
    this.mirror = mirror;
  }
  colorAt() {
    return this.color;
  }
}

class Checkers extends Material {
  #other;
  #scale;
  constructor({ other = BLACK, scale = 1, ...rest }) {
    super(rest);
    this.#other = other;
    this.#scale = scale;
  }
  colorAt({ x, z }) {
    const isEven = (Math.floor(x / this.#scale) + Math.floor(z / this.#scale)) % 2 === 0;
    return isEven ? this.color : this.#other;
  }
}

class Stripes extends Material {
  colorAt({ y }) {
    return Math.sin(y * 12) > 0 ? this.color : this.color.times(0.4);
  }
}

class Shape {
  constructor(material) {
    this.material = material;
  }
  /** How far along the ray it is hit; Infinity if never. */
  distance() {
    return Infinity;
  }
}

class Sphere extends Shape {
  constructor(center, radius, material) {
    super(material);
    this.center = center;
    this.radius = radius;
  }
  distance(origin, direction) {
    const offset = origin.minus(this.center);
    const b = offset.dot(direction);
    const c = offset.dot(offset) - this.radius * this.radius;
    const discriminant = b * b - c;
    if (discriminant < 0) return Infinity;
    const root = Math.sqrt(discriminant);
    if (-b - root > 1e-4) return -b - root;
    return -b + root > 1e-4 ? -b + root : Infinity;
  }
  normalAt(point) {
    return point.minus(this.center).times(1 / this.radius);
  }
}

class Plane extends Shape {
  constructor(normal, offset, material) {
    super(material);
    this.normal = normal;
    this.offset = offset;
  }
  distance(origin, direction) {
    const slope = this.normal.dot(direction);
    if (Math.abs(slope) < EPSILON) return Infinity;
    const distance = (this.offset - this.normal.dot(origin)) / slope;
    return distance > 1e-4 ? distance : Infinity;
  }
  normalAt() {
    return this.normal;
  }
}

class Camera {
  constructor(position, target, width) {
    this.position = position;
    this.forward = target.minus(position).unit();
    this.right = this.forward
      .cross(new Vector(0, 1, 0))
      .unit()
      .times(width);
    this.up = this.right.cross(this.forward).unit().times(width);
  }
  /** The direction of the ray through a point of the picture; both from -1 to 1. */
  ray(x, y) {
    return this.forward.plus(this.right.times(x)).plus(this.up.times(y)).unit();
  }
}

class Scene {
  shapes = [];
  lights = [];
  rays = 0;

  hit(origin, direction) {
    this.rays++;
    let nearest = Infinity;
    let found = null;
    for (const shape of this.shapes) {
      const distance = shape.distance(origin, direction);
      if (distance < nearest) {
        nearest = distance;
        found = shape;
      }
    }
    return found === null ? null : { shape: found, distance: nearest };
  }

  isLit(point, light) {
    const way = light.position.minus(point);
    const direction = way.unit();
    const { length } = way;
    this.rays++;
    return !this.shapes.some((shape) => shape.distance(point, direction) < length);
  }

  trace(origin, direction, depth) {
    const hit = this.hit(origin, direction);
    if (hit === null) return SKY.plus(WHITE.times(0.3 * Math.max(0, direction.y)));
    const { shape, distance } = hit;
    const point = origin.plus(direction.times(distance));
    const normal = shape.normalAt(point);
    const { material } = shape;
    const surface = material.colorAt(point);
    let color = surface.times(0.12);
    for (const light of this.lights) {
      if (!this.isLit(point, light)) continue;
      const toLight = light.position.minus(point).unit();
      const diffuse = Math.max(0, normal.dot(toLight));
      color = color.plus(surface.filtered(light.color).times(diffuse));
      if (material.shine > 0) {
        const glance = Math.max(0, direction.reflected(normal).dot(toLight));
        color = color.plus(light.color.times(glance ** material.shine));
      }
    }
    if (material.mirror > 0 && depth > 0) {
      const reflection = this.trace(point, direction.reflected(normal), depth - 1);
      color = color.times(1 - material.mirror).plus(reflection.times(material.mirror));
    }
    return color;
  }
}

function theScene() {
  const scene = new Scene();
  const floor = new Checkers({ color: WHITE, other: new Color(0.1, 0.1, 0.1), scale: 0.8, mirror: 0.15 });
  scene.shapes.push(
    new Plane(new Vector(0, 1, 0), -1, floor),
    new Sphere(new Vector(0, 0, 0), 1, new Material({ color: new Color(0.9, 0.2, 0.2), shine: 40, mirror: 0.3 })),
    new Sphere(new Vector(-1.7, -0.4, 0.6), 0.6, new Stripes({ color: new Color(0.2, 0.8, 0.3), shine: 10 })),
    new Sphere(new Vector(1.6, -0.5, 0.9), 0.5, new Material({ mirror: 0.8, shine: 80 })),
  );
  for (let i = 0; i < 5; i++) {
    const angle = (i * Math.PI * 2) / 5;
    const center = new Vector(Math.cos(angle) * 2.4, -0.8, Math.sin(angle) * 2.4);
    scene.shapes.push(new Sphere(center, 0.2, new Material({ color: new Color(i / 5, 0.5, 1 - i / 5) })));
  }
  scene.lights.push(
    { position: new Vector(4, 6, 5), color: new Color(0.8, 0.8, 0.7) },
    { position: new Vector(-5, 3, 2), color: new Color(0.2, 0.2, 0.35) },
  );
  return scene;
}

/** Calls `put` for every point of a square picture, line by line. */
function render(size, put) {
  const scene = theScene();
  const camera = new Camera(new Vector(0.5, 1.2, 5.5), new Vector(0, -0.2, 0), 0.5);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const direction = camera.ray((2 * (x + 0.5)) / size - 1, 1 - (2 * (y + 0.5)) / size);
      put(scene.trace(camera.position, direction, 3), x, y);
    }
  }
  return scene.rays;
}

export function run(size) {
  let sum = 0;
  const rays = render(size, (color) => {
    for (const byte of color.bytes()) sum = (sum * 31 + byte) % 1000000007;
  });
  return (sum * 31 + rays) % 1000000007;
}

const SHADES = " .:-=+*#%@";
let line = "";
render(24, ({ red, green, blue }, x) => {
  const light = Math.min(0.999, (red + green + blue) / 3);
  line += SHADES[Math.floor(light * SHADES.length)].repeat(2);
  if (x === 23) {
    console.log(line);
    line = "";
  }
});
console.log(`checksum ${run(32)}`);
