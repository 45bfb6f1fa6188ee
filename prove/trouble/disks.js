'use strict';
const { execFileSync } = require('node:child_process');
const { mkdirSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { makeFolder } = require('../servers/process');

const SIZE = '3m';
const PIECE = Buffer.alloc(16 * 1024);

/** A small disk of its own. Only root may mount one. */
function mountDisk() {
  const { folder, remove } = makeFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder]);
  return {
    folder,
    remount: (mode) => execFileSync('mount', ['-o', `remount,${mode}`, folder]),
    remove() {
      execFileSync('umount', ['-l', folder]);
      remove();
    },
  };
}

/** The disk fills up while people talk, and somebody makes room. */
const fullDisk = {
  name: 'disk_full',
  advice: /Make room on the disk/,
  prepare: async () => {
    const disk = mountDisk();
    const filler = join(disk.folder, 'filler');
    return {
      options: { data: join(disk.folder, 'turnspan') },
      enterPhase(phase) {
        if (phase === 'during') fill(filler);
        if (phase === 'after') rmSync(filler, { force: true });
      },
      close: async () => disk.remove(),
    };
  },
};

function fill(filler) {
  try {
    for (;;) writeFileSync(filler, PIECE, { flag: 'a' });
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
  }
}

const readOnlyDisk = {
  name: 'data_folder_read_only',
  advice: /right to write|cannot be used/,
  prepare: async () => {
    const disk = mountDisk();
    disk.remount('ro');
    return {
      options: { data: join(disk.folder, 'turnspan') },
      enterPhase: () => {},
      close: async () => disk.remove(),
    };
  },
};

/** Something else has written over the files. */
const corruptFiles = {
  name: 'sqlite_files_corrupt',
  advice: /Bring the file back from a backup, or move it away/,
  prepare: async () => {
    const { folder, remove } = makeFolder();
    mkdirSync(folder, { recursive: true });
    const header = Buffer.from('SQLite format 3\0');
    for (const name of ['store.sqlite', 'journal.sqlite']) {
      writeFileSync(join(folder, name), Buffer.concat([header, Buffer.alloc(8_192, 'x')]));
    }
    return { options: { data: folder }, enterPhase: () => {}, close: async () => remove() };
  },
};

module.exports = { corruptFiles, fullDisk, readOnlyDisk };
