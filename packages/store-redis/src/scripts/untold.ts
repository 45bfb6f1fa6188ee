import { createScript, type Script } from '../script-runner';

/** More than are settled in a step, so that what is old gets less. */
const FORGOTTEN_AT_ONCE = 500;

/** Drops are kept packed by id, and their ids by when they were settled. */
export const UNTOLD: string = `
local function forget(untold, settledAt, id)
  redis.call('HDEL', untold, id)
  redis.call('ZREM', settledAt, id)
end

local function forgetOld(untold, settledAt, latest)
  local ids = redis.call(
    'ZRANGE', settledAt, '-inf', latest, 'BYSCORE', 'LIMIT', 0, ${FORGOTTEN_AT_ONCE})
  for _, id in ipairs(ids) do forget(untold, settledAt, id) end
end
`;

/** Arguments: settled after, settled before, limit. */
export const LIST_UNTOLD: Script = createScript(`#!lua flags=no-writes
local untold, settledAt = unpack(KEYS)
local listed = {}
local ids = redis.call('ZRANGE', settledAt, ARGV[1], ARGV[2], 'BYSCORE', 'LIMIT', 0, ARGV[3])
for _, id in ipairs(ids) do
  local packed = redis.call('HGET', untold, id)
  if packed then
    local wait = cmsgpack.unpack(packed)
    local stallAt, dropAt = string.format('%.17g', wait[2]), string.format('%.17g', wait[3])
    listed[#listed + 1] = {id, stallAt, dropAt, unpack(wait, 4)}
  end
end
return listed
`);

/** Arguments: ids. */
export const FORGET_UNTOLD: Script = createScript(`#!lua flags=allow-oom
${UNTOLD}
local untold, settledAt = unpack(KEYS)
for _, id in ipairs(ARGV) do forget(untold, settledAt, id) end
return 1
`);
