-- A person's walk in Neovim through the file that it was started with: findings, hover, a fix. What was seen is printed as JSON.

local seen = {}

local function wait_for(what, condition)
  if not vim.wait(20000, condition, 50) then
    io.stdout:write(vim.json.encode({ missing = what, seen = seen }))
    vim.cmd.cquit()
  end
end

wait_for("findings", function() return #vim.diagnostic.get(0) > 0 end)
seen.findings = vim.tbl_map(function(each)
  return { rule = each.code, line = each.lnum + 1, severity = vim.diagnostic.severity[each.severity] }
end, vim.diagnostic.get(0))

vim.api.nvim_win_set_cursor(0, { seen.findings[1].line, 0 })
vim.lsp.buf.hover()
local window
wait_for("hover", function()
  for _, each in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(each).relative ~= "" then window = each end
  end
  return window ~= nil
end)
seen.hover = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n")
vim.api.nvim_win_close(window, true)

vim.lsp.buf.code_action({
  apply = true,
  filter = function(action) return vim.startswith(action.title, "Set DEBUG = False") end,
})
wait_for("the fixed text", function() return vim.api.nvim_buf_get_lines(0, 2, 3, false)[1] == "DEBUG = False" end)
wait_for("no finding", function() return #vim.diagnostic.get(0) == 0 end)
seen.text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")

io.stdout:write(vim.json.encode(seen))
vim.cmd("qall!")
