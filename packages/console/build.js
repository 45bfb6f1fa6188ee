// Bundles the page: `node build.js [folder]` writes it to dist/web, or to another folder.
const { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { basename, join, resolve } = require('node:path');
const { build } = require('esbuild');

const WEB = join(__dirname, 'src', 'web');
const ENTRIES = {
  console: join(WEB, 'main.tsx'),
  page: join(WEB, 'style', 'page.css'),
  'login-form': join(WEB, 'login.ts'),
  login: join(WEB, 'style', 'login.css'),
};
/** What the server has to know, and the file that it is called after the build. */
const NAMES = {
  script: /^console-.*\.js$/,
  style: /^page-.*\.css$/,
  loginScript: /^login-form-.*\.js$/,
  loginStyle: /^login-.*\.css$/,
};

async function main(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { metafile } = await build({
    entryPoints: ENTRIES,
    outdir: folder,
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2022', 'chrome111', 'firefox115', 'safari16.4'],
    tsconfig: join(WEB, 'tsconfig.json'),
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  writeFileSync(join(folder, 'licenses.txt'), readLicenses(Object.keys(metafile.inputs)));
  const files = Object.keys(metafile.outputs).map((file) => basename(file));
  const manifest = Object.fromEntries(
    Object.entries(NAMES).map(([name, pattern]) => [
      name,
      files.find((file) => pattern.test(file)),
    ]),
  );
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest)}\n`);
}

/** What is bundled comes with its license. */
function readLicenses(inputs) {
  const folders = inputs.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  return [...new Set(folders)]
    .filter((folder) => folder !== undefined)
    .map((folder) => {
      const { name, version, license } = require(resolve(folder, 'package.json'));
      const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
      const text = file ? readFileSync(join(folder, file), 'utf8') : license;
      return `${name} ${version}\n\n${text.trim()}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}

main(resolve(process.argv[2] ?? join(__dirname, 'dist', 'web'))).catch(() => {
  process.exitCode = 1;
});
