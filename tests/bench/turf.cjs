// The peer in JavaScript: the same line cut at every territory with @turf/turf, each piece measured and given to one.
// node turf.cjs <folder of node_modules> <line.geojson> <territory.geojson>
const path = require("node:path");
const fs = require("node:fs");
const [modules, lineFile, territoryFile] = process.argv.slice(2);
const turf = require(path.join(path.resolve(modules), "@turf", "turf"));

const start = process.hrtime.bigint();
const line = JSON.parse(fs.readFileSync(lineFile, "utf8"));
const territories = JSON.parse(fs.readFileSync(territoryFile, "utf8")).features;
const km = {};
for (const territory of territories) {
  const pieces = turf.lineSplit(line, territory).features;
  for (const piece of pieces.length ? pieces : [line]) {
    const corners = piece.geometry.coordinates;
    const at = Math.floor((corners.length - 1) / 2);
    const middle = turf.midpoint(corners[at], corners[at + 1]);
    if (turf.booleanPointInPolygon(middle, territory)) {
      km[territory.id] = (km[territory.id] ?? 0) + turf.length(piece);
    }
  }
}
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
console.log(JSON.stringify({ seconds, km }));
