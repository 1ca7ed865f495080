// What geojson.io checks a file with: its whole work on the text, and how many things it finds.
// node checker.cjs <folder of node_modules> <file.geojson>
const path = require("node:path");
const fs = require("node:fs");
const [modules, file] = process.argv.slice(2);
const { getIssues } = require(path.join(path.resolve(modules), "@placemarkio", "check-geojson"));

const start = process.hrtime.bigint();
const issues = getIssues(fs.readFileSync(file, "utf8"));
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
console.log(JSON.stringify({ seconds, issues: issues.length }));
