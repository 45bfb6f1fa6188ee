/**
 * Lets a child process require the sources of this workspace: `node --require ./typescript.js`.
 * The OTLP exporter imports lazily, which Jest's own module system does not take.
 */
const Module = require('node:module');
const { join } = require('node:path');
const { transformFileSync } = require('@swc/core');

const PACKAGES = join(__dirname, '../../..');
const OURS = /^@turnspan\/([^/]+)$/;
const resolve = Module._resolveFilename;

Module._resolveFilename = (request, ...rest) =>
  resolve(request.replace(OURS, `${PACKAGES}/$1/src/index.ts`), ...rest);

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformFileSync(filename, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'commonjs' },
  });
  module._compile(code, filename);
};
