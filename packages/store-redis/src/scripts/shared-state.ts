import { createScript, type Script } from '../script-runner';

/** What is kept for a while is a time, a space, and the value that holds until then. */
const READ = `
local now, value = tonumber(ARGV[1]), ARGV[4]
local kept = redis.call('GET', KEYS[1])
if kept then
  local till, before = string.match(kept, '^(%S+) (.*)$')
  if tonumber(till) > now then kept = before else kept = false end
end
`;

/** Arguments: now, until, how long Redis keeps it, holder. */
export const ACQUIRE: Script = createScript(`#!lua
${READ}
if kept and kept ~= value then return 0 end
redis.call('SET', KEYS[1], ARGV[2] .. ' ' .. value, 'PX', ARGV[3])
return 1
`);

/** Arguments: now, until, how long Redis keeps it, value. */
export const ASSIGN: Script = createScript(`#!lua
${READ}
redis.call('SET', KEYS[1], ARGV[2] .. ' ' .. (kept or value), 'PX', ARGV[3])
return kept or value
`);

/** Arguments: series, since when it is so, when it was last seen, and the fact, of each. */
export const KEEP_FACTS: Script = createScript(`#!lua
local function isNewer(at, observedAt, packed)
  if not packed then return true end
  local before = cmsgpack.unpack(packed)
  return at > before[1] or (at == before[1] and observedAt >= before[2])
end

for index = 1, #ARGV, 4 do
  local series, at, observedAt, fact = unpack(ARGV, index, index + 3)
  at, observedAt = tonumber(at), tonumber(observedAt)
  if isNewer(at, observedAt, redis.call('HGET', KEYS[1], series)) then
    redis.call('HSET', KEYS[1], series, cmsgpack.pack({at, observedAt, fact}))
  end
end
return 1
`);

/** Gives all facts. */
export const FACTS: Script = createScript(`#!lua flags=no-writes
local facts = redis.call('HVALS', KEYS[1])
for index, packed in ipairs(facts) do facts[index] = cmsgpack.unpack(packed)[3] end
return facts
`);
