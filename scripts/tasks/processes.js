const { spawn } = require('node:child_process');
const { join } = require('node:path');

const ROOT = join(__dirname, '..', '..');
const BIN = join(ROOT, 'node_modules', '.bin');
const IS_WINDOWS = process.platform === 'win32';

/** Runs a command and gives its exit code and all that it printed. Never rejects. */
function run(command, args, { env, timeoutMs } = {}) {
  return new Promise((resolve) => {
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    const child = spawn(command, args, { ...common(env), stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = timeoutMs && setTimeout(() => child.kill(), timeoutMs);
    const end = (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, output });
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      keep(error.message);
      end(1);
    });
    child.on('close', end);
  });
}

/** Runs a tool of node_modules and gives its exit code and all that it printed. */
function tool(name, args, options) {
  return run(join(BIN, name), args, options);
}

/** Runs a tool of node_modules, or a program by its full path, in the terminal of the user. */
function runVisible(command, args) {
  const program = command === process.execPath ? command : join(BIN, command);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...common(), stdio: 'inherit' });
    // The terminal sends its Ctrl-C to the child too: wait for what the child makes of it.
    process.on('SIGINT', () => {});
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function common(env) {
  return { cwd: ROOT, env: { ...process.env, ...env }, shell: IS_WINDOWS };
}

module.exports = { ROOT, run, runVisible, tool };
