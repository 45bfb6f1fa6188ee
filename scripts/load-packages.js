// Loads every built package as its users do, by name of its entry, and fails when one has nothing
// to offer. Runs under each Node that is to be supported.
const { packageFolders } = require('./tasks/packages');

for (const folder of packageFolders()) {
  const { name } = require(`${folder}/package.json`);
  const exported = Object.keys(require(folder));
  if (exported.length === 0) throw new Error(`${name} exports nothing.`);
  console.log(`${name}: ${exported.length} exports on Node ${process.versions.node}`);
}
