local Ball = {}
Ball.__index = Ball

function Ball:step(dt)
  self.position = self.position + self.velocity * dt
  if self.position < 0 or self.position > 30 then
    self:bounce()
  end
end

function Ball:bounce()
  self.velocity = -self.velocity
  self.bounces = self.bounces + 1
end

return function(size)
  local ball = setmetatable({ position = 0, velocity = 1, bounces = 0 }, Ball)
  local sum = 0
  for _ = 1, size do
    ball:step(0.5)
    sum = sum + ball.position
  end
  return sum + ball.bounces
end
