local function element(i, j)
  return 1 / (((i + j) * (i + j + 1)) / 2 + i + 1)
end

local function multiply(n, vector, product)
  for i = 0, n - 1 do
    local sum = 0
    for j = 0, n - 1 do
      sum = sum + element(i, j) * vector[j + 1]
    end
    product[i + 1] = sum
  end
end

local function multiply_transposed(n, vector, product)
  for i = 0, n - 1 do
    local sum = 0
    for j = 0, n - 1 do
      sum = sum + element(j, i) * vector[j + 1]
    end
    product[i + 1] = sum
  end
end

local function multiply_both(n, vector, product, between)
  multiply(n, vector, between)
  multiply_transposed(n, between, product)
end

return function(size)
  local u, v, between = {}, {}, {}
  for i = 1, size do
    u[i] = 1
    v[i] = 0
    between[i] = 0
  end
  for _ = 1, 10 do
    multiply_both(size, u, v, between)
    multiply_both(size, v, u, between)
  end
  local uv, vv = 0, 0
  for i = 1, size do
    uv = uv + u[i] * v[i]
    vv = vv + v[i] * v[i]
  end
  return math.sqrt(uv / vv)
end
