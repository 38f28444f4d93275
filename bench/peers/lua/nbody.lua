local sqrt = math.sqrt

local function start()
  return {
    { x = 0, y = 0, z = 0, vx = -0.000387663407199214, vy = -0.0032753590371765707, vz = 0.000023935734080003, mass = 39.47841760435743 },
    { x = 4.841431442464721, y = -1.1603200440274284, z = -0.10362204447112311, vx = 0.606326392995832, vy = 2.81198684491626, vz = -0.02521836165988763, mass = 0.03769367487038949 },
    { x = 8.34336671824458, y = 4.124798564124305, z = -0.4035234171143214, vx = -1.0107743461771437, vy = 1.8256623712304119, vz = 0.008415761376584154, mass = 0.011286326131968767 },
    { x = 12.894369562139131, y = -15.111151401698631, z = -0.22330757889265573, vx = 1.0827910064415354, vy = 0.8687130181696082, vz = -0.010832637401363636, mass = 0.0017237240570597112 },
    { x = 15.379697114850917, y = -25.919314609987964, z = 0.17925877295037118, vx = 0.979090732243898, vy = 0.5946989986476762, vz = -0.034755955504078104, mass = 0.0020336868699246304 },
  }
end

local function advance(bodies, dt)
  for i = 1, #bodies do
    local a = bodies[i]
    for j = i + 1, #bodies do
      local b = bodies[j]
      local dx = a.x - b.x
      local dy = a.y - b.y
      local dz = a.z - b.z
      local squared = dx * dx + dy * dy + dz * dz
      local pull = dt / (squared * sqrt(squared))
      local to_b = b.mass * pull
      a.vx = a.vx - dx * to_b
      a.vy = a.vy - dy * to_b
      a.vz = a.vz - dz * to_b
      local to_a = a.mass * pull
      b.vx = b.vx + dx * to_a
      b.vy = b.vy + dy * to_a
      b.vz = b.vz + dz * to_a
    end
  end
  for i = 1, #bodies do
    local body = bodies[i]
    body.x = body.x + dt * body.vx
    body.y = body.y + dt * body.vy
    body.z = body.z + dt * body.vz
  end
end

local function energy(bodies)
  local sum = 0
  for i = 1, #bodies do
    local a = bodies[i]
    sum = sum + 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
    for j = i + 1, #bodies do
      local b = bodies[j]
      local dx = a.x - b.x
      local dy = a.y - b.y
      local dz = a.z - b.z
      sum = sum - (a.mass * b.mass) / sqrt(dx * dx + dy * dy + dz * dz)
    end
  end
  return sum
end

return function(size)
  local bodies = start()
  for _ = 1, size do
    advance(bodies, 0.01)
  end
  return energy(bodies)
end
