/**
 * Lets a child process run on the sources of this workspace, without a build:
 * `node --require ./sources.js`.
 */
require('../../../packages/opentelemetry/test/support/typescript');
const Module = require('node:module');

const resolve = Module._resolveFilename;

Module._resolveFilename = (request, ...rest) =>
  resolve(request === 'turnspan' ? '@turnspan/turnspan' : request, ...rest);
