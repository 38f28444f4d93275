-- With the operators of Lua 5.3 and later; queens.luajit.lua has the same with LuaJIT's library.
local function place(all, columns, left, right)
  if columns == all then
    return 1
  end
  local free = all & ~(columns | left | right)
  local ways = 0
  while free ~= 0 do
    local bit = free & -free
    free = free ~ bit
    ways = ways + place(all, columns | bit, (left | bit) << 1, (right | bit) >> 1)
  end
  return ways
end

return function(size)
  return place((1 << size) - 1, 0, 0, 0)
end
