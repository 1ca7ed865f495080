// How the view is written into the page's address, so that copying the address reproduces it.

const OWN = ["clause", "phrase", "feature", "layers", "view"];

/**
 * The search part for `state`, keeping parameters that belong to others; "" when everything is as at the start.
 * state: {clause, phrase, feature} ids or null, layers: switch ids or null, view: [lat, lon, zoom] or null.
 */
export function writeAddress(search, state) {
  const parameters = new URLSearchParams(search);
  for (const name of OWN) parameters.delete(name);
  for (const name of ["clause", "phrase", "feature"]) if (state[name]) parameters.set(name, state[name]);
  if (state.layers) parameters.set("layers", state.layers.join(",") || "none");
  if (state.view) parameters.set("view", viewText(state.view));
  const text = parameters.toString().replaceAll("%2F", "/").replaceAll("%2C", ",");
  return text ? `?${text}` : "";
}

/** "39.1234,46.2345,9.25": four decimals are 11 m, finer than any line drawn. */
export function viewText([latitude, longitude, zoom]) {
  return `${latitude.toFixed(4)},${longitude.toFixed(4)},${Number(zoom.toFixed(2))}`;
}

/** The pinned phrase an address names; the server reads the other parameters and judges them. */
export function phraseIn(search) {
  return new URLSearchParams(search).get("phrase");
}
