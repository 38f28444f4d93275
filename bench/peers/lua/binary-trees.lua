local function make(depth)
  if depth > 0 then
    return { left = make(depth - 1), right = make(depth - 1) }
  end
  return { left = false, right = false }
end

local function count(tree)
  if tree.left then
    return 1 + count(tree.left) + count(tree.right)
  end
  return 1
end

return function(size)
  local stays = make(size)
  local sum = 0
  for depth = 4, size, 2 do
    for _ = 1, 2 ^ (size - depth + 4) do
      sum = sum + count(make(depth))
    end
  end
  return sum + count(stays)
end
