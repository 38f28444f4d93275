return function(size)
  local letter = { tag = "letter", value = size }
  local four = { tag = "digit", value = 4 }
  local two = { tag = "digit", value = 2 }
  local tokens = { letter, letter, four, "space", four, two, "space", two, letter, "space", "space", letter, "space" }
  local words, sum, value = 0, 0, 0
  local state = "start"
  local at = 1
  for _ = 1, size do
    local token = tokens[at]
    if state == "start" then
      if token ~= "space" then
        if token.tag == "letter" then
          words = words + 1
          state = "word"
        else
          value = token.value
          state = "number"
        end
      end
    elseif state == "word" then
      if token == "space" then
        state = "start"
      end
    elseif token == "space" then
      sum = sum + value
      state = "start"
    elseif token.tag == "digit" then
      value = value * 10 + token.value
    else
      words = words + 1
      state = "word"
    end
    at = at + 1
    if at > #tokens then
      at = 1
    end
  end
  return words * 1000 + sum
end
