local bit = require("bit")
local band, bnot, bor, bxor, lshift, arshift = bit.band, bit.bnot, bit.bor, bit.bxor, bit.lshift, bit.arshift

local function place(all, columns, left, right)
  if columns == all then
    return 1
  end
  local free = band(all, bnot(bor(columns, left, right)))
  local ways = 0
  while free ~= 0 do
    local one = band(free, -free)
    free = bxor(free, one)
    ways = ways + place(all, bor(columns, one), lshift(bor(left, one), 1), arshift(bor(right, one), 1))
  end
  return ways
end

return function(size)
  return place(lshift(1, size) - 1, 0, 0, 0)
end
