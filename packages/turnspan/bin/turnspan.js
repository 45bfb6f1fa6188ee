#!/usr/bin/env node
'use strict';
const { main, processIo } = require('../dist/cli');

main(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
});
