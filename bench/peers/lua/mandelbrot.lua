return function(size)
  local sum = 0
  for y = 0, size - 1 do
    local ci = (y * 2) / size - 1
    for x = 0, size - 1 do
      local cr = (x * 2) / size - 1.5
      local zr, zi = 0.0, 0.0
      local n = 0
      repeat
        local rr = zr * zr
        local ii = zi * zi
        if rr + ii > 4 then
          break
        end
        zi = zr * zi * 2 + ci
        zr = rr - ii + cr
        n = n + 1
      until n >= 50
      sum = sum + n
    end
  end
  return sum
end
