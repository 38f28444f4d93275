local function build(depth)
  if depth == 0 then
    return "x"
  end
  local part = build(depth - 1)
  if depth % 3 == 0 then
    return { "mul", part, build(depth - 1) }
  elseif depth % 3 == 1 then
    return { "mul", part, { "neg", build(depth - 1) } }
  end
  return { "add", part, { "num", depth } }
end

local function derive(expression)
  if expression == "x" then
    return { "num", 1 }
  end
  local kind = expression[1]
  if kind == "num" then
    return { "num", 0 }
  elseif kind == "add" then
    return { "add", derive(expression[2]), derive(expression[3]) }
  elseif kind == "mul" then
    local a, b = expression[2], expression[3]
    return { "add", { "mul", derive(a), b }, { "mul", a, derive(b) } }
  else
    return { "neg", derive(expression[2]) }
  end
end

local function evaluate(expression, x)
  if expression == "x" then
    return x
  end
  local kind = expression[1]
  if kind == "num" then
    return expression[2]
  elseif kind == "add" then
    return evaluate(expression[2], x) + evaluate(expression[3], x)
  elseif kind == "mul" then
    -- The remainder with the sign of the dividend.
    return math.fmod(evaluate(expression[2], x) * evaluate(expression[3], x), 10007)
  else
    return -evaluate(expression[2], x)
  end
end

return function(size)
  local expression = build(4)
  local sum = 0
  for i = 0, size - 1 do
    sum = math.fmod(sum + evaluate(derive(expression), i), 1000003)
  end
  return sum
end
