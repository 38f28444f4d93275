local function adder(n)
  return function(x)
    return n + x
  end
end

local function times(f, count, x)
  for _ = 1, count do
    x = f(x)
  end
  return x
end

return function(size)
  local sum = 0
  for i = 0, size - 1 do
    sum = times(adder(i % 16), 10, sum) % 1000003
  end
  return sum
end
