return function(size)
  local words = { "alpha", "be", "gamma delta", "x", "epsilon" }
  local line = ""
  local units, lines, alike = 0, 0, 0
  for i = 0, size - 1 do
    line = line .. words[i % 5 + 1] .. ", "
    if #line > 40 then
      units = units + #line
      lines = lines + 1
      if line == "epsilon, alpha, be, gamma delta, x, epsilon, " then
        alike = alike + 1
      end
      line = ""
    end
  end
  return (units * 1000 + lines) * 1000 + alike
end
